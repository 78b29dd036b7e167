//! Auto traits of futures: what another thread may have, what may be moved, what may cross a caught panic. They
//! leak through `async fn` and `impl Future`, so a caller sees when one is lost, or gained.

use std::cell::{Cell, RefCell};
use std::future::{ready, Future};
use std::marker::{PhantomData, PhantomPinned};
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Mutex;

use storyline::timed;
#[cfg(not(every_lint))]
use storyline::timed_block;

use crate::trace::{drive, yield_once, Trace};

struct Of<T>(PhantomData<T>);

fn of<T>(_: &T) -> Of<T> {
    Of(PhantomData)
}

/// Method lookup takes `Yes` where the type has the auto trait, and goes on to `No` where it has not: so that
/// an absence is told, and not an error.
macro_rules! answers {
    ($($yes:ident, $no:ident, $is:ident: $auto:ident;)*) => {
        $(
            trait $yes {
                fn $is(&self) -> bool {
                    true
                }
            }
            impl<T: $auto> $yes for Of<T> {}
            trait $no {
                fn $is(&self) -> bool {
                    false
                }
            }
            impl<T> $no for &Of<T> {}
        )*
        /// `Send`, `Sync`, `Unpin`, `UnwindSafe`, `RefUnwindSafe`.
        macro_rules! autos {
            ($value:expr) => {
                match &$value {
                    value => {
                        let this = of(value);
                        [$((&this).$is()),*]
                    }
                }
            };
        }
    };
}

answers! {
    SendYes, SendNo, is_send: Send;
    SyncYes, SyncNo, is_sync: Sync;
    UnpinYes, UnpinNo, is_unpin: Unpin;
    UnwindYes, UnwindNo, is_unwind_safe: UnwindSafe;
    RefUnwindYes, RefUnwindNo, is_ref_unwind_safe: RefUnwindSafe;
}

#[timed]
async fn sent(text: String) -> usize {
    yield_once().await;
    text.len()
}

#[timed(start, percentiles, fields(length = text.len()))]
async fn sent_with_fields(text: String) -> usize {
    yield_once().await;
    text.len()
}

#[timed]
async fn holds_rc(value: u8) -> u8 {
    let cell = Rc::new(value);
    yield_once().await;
    *cell
}

#[timed(fields(value))]
async fn holds_rc_with_fields(value: u8) -> u8 {
    let cell = Rc::new(value);
    yield_once().await;
    *cell
}

#[timed]
async fn takes_rc(cell: Rc<u8>) -> u8 {
    yield_once().await;
    *cell
}

#[timed]
async fn keeps_rc(_cell: Rc<u8>) {
    yield_once().await;
}

#[timed]
async fn rc_is_gone(value: u8) -> u8 {
    let value = {
        let cell = Rc::new(value);
        *cell
    };
    yield_once().await;
    value
}

#[timed]
async fn shares_cell(cell: &Cell<u8>) -> u8 {
    yield_once().await;
    cell.get()
}

#[timed]
async fn holds_cell(value: u8) -> u8 {
    let cell = Cell::new(value);
    yield_once().await;
    cell.get()
}

#[timed]
async fn holds_guard(lock: &Mutex<u8>) -> u8 {
    let guard = lock.lock().expect("not poisoned");
    yield_once().await;
    *guard
}

#[timed]
async fn generic<T>(value: T) -> T {
    yield_once().await;
    value
}

/// What a field needs for a moment is not held across what follows.
#[timed(fields(value = *lock.lock().expect("not poisoned"), shared = *Rc::new(1)))]
async fn field_of_a_lock(lock: &Mutex<u8>) -> bool {
    yield_once().await;
    lock.try_lock().is_ok()
}

#[cfg(not(every_lint))]
async fn block_with_a_lock(lock: &Mutex<u8>) -> bool {
    timed_block!(
        "locked",
        fields(value = *lock.lock().expect("not poisoned")),
        {
            yield_once().await;
            lock.try_lock().is_ok()
        }
    )
}

#[timed]
async fn gives_rc(value: u8) -> Rc<u8> {
    yield_once().await;
    Rc::new(value)
}

#[timed]
async fn fails_without_send(text: &str) -> Result<usize, Box<dyn std::error::Error>> {
    yield_once().await;
    Ok(text.parse()?)
}

/// What is given back is not held across what follows.
#[timed]
async fn awaits_what_is_not_send(text: &str) -> usize {
    let length = fails_without_send(text).await.unwrap_or(0);
    yield_once().await;
    length
}

// Where lints are compared there is no telling a block from what a macro made of it.
#[cfg(not(every_lint))]
async fn gives_rc_from_a_block(value: u8) -> u8 {
    let value = *timed_block!("rc", {
        yield_once().await;
        Rc::new(value)
    });
    yield_once().await;
    value
}

#[timed]
async fn takes_dyn(value: Box<dyn Fn() -> u8>) -> u8 {
    yield_once().await;
    value()
}

#[timed]
async fn never() -> ! {
    let cell = Rc::new(1);
    yield_once().await;
    panic!("{cell}")
}

struct Held(RefCell<u8>);

impl Held {
    #[timed]
    async fn method(&self) -> u8 {
        yield_once().await;
        *self.0.borrow()
    }

    #[timed]
    async fn consumed(self) -> u8 {
        yield_once().await;
        self.0.into_inner()
    }
}

#[timed]
fn returned(value: u8) -> impl Future<Output = u8> {
    ready(value)
}

#[timed]
fn returned_rc(value: u8) -> impl Future<Output = Rc<u8>> {
    ready(Rc::new(value))
}

#[timed]
fn returned_pinned(value: PhantomPinned) -> impl Future<Output = ()> {
    async move { drop(value) }
}

#[timed]
fn returned_waits(cell: Rc<u8>) -> impl Future<Output = u8> {
    async move {
        yield_once().await;
        *cell
    }
}

#[timed]
fn boxed(value: u8) -> Pin<Box<dyn Future<Output = u8>>> {
    Box::pin(ready(value))
}

#[timed]
fn boxed_send(value: u8) -> Pin<Box<dyn Future<Output = u8> + Send>> {
    Box::pin(ready(value))
}

#[timed]
fn boxed_all(value: u8) -> Pin<Box<dyn Future<Output = u8> + Send + Sync>> {
    Box::pin(ready(value))
}

pub(crate) fn run(t: &mut Trace) {
    // That the question has two answers.
    assert_eq!(autos!(1_u8), [true; 5]);
    assert_eq!(
        autos!(Rc::new(Cell::new(1))),
        [false, false, true, false, false]
    );
    assert_eq!(autos!(PhantomPinned), [true, true, false, true, true]);

    t.add("sent", autos!(sent(String::new())));
    t.add("fields", autos!(sent_with_fields(String::new())));
    t.add("rc", autos!(holds_rc(1)));
    t.add("rc", autos!(holds_rc_with_fields(1)));
    t.add("rc", autos!(takes_rc(Rc::new(1))));
    t.add("rc", autos!(keeps_rc(Rc::new(1))));
    t.add("gone", autos!(rc_is_gone(1)));
    t.add("cell", autos!(shares_cell(&Cell::new(1))));
    t.add("cell", autos!(holds_cell(1)));
    t.add("guard", autos!(holds_guard(&Mutex::new(1))));
    let lock = Mutex::new(1);
    t.add("field", autos!(field_of_a_lock(&lock)));
    t.add("field", drive(field_of_a_lock(&lock)));
    #[cfg(not(every_lint))]
    t.add("block", autos!(block_with_a_lock(&lock)));
    #[cfg(not(every_lint))]
    t.add("block", drive(block_with_a_lock(&lock)));
    t.add("generic", autos!(generic(1)));
    t.add("generic", autos!(generic(Rc::new(1))));
    t.add("generic", autos!(generic(Cell::new(1))));
    t.add("gives", autos!(gives_rc(1)));
    t.add("gives", autos!(fails_without_send("1")));
    t.add("gives", autos!(awaits_what_is_not_send("1")));
    #[cfg(not(every_lint))]
    t.add("gives", autos!(gives_rc_from_a_block(1)));
    t.add("dyn", autos!(takes_dyn(Box::new(|| 1))));
    t.add("never", autos!(never()));
    let held = Held(RefCell::new(1));
    t.add("method", autos!(held.method()));
    t.add("consumed", autos!(held.consumed()));
    t.add("returned", autos!(returned(1)));
    t.add("returned", autos!(returned_rc(1)));
    t.add("returned", autos!(returned_pinned(PhantomPinned)));
    t.add("returned", autos!(returned_waits(Rc::new(1))));
    t.add("boxed", autos!(boxed(1)));
    t.add("boxed", autos!(boxed_send(1)));
    t.add("boxed", autos!(boxed_all(1)));
}
