//! What a body makes for a moment only, at its end above all: when it is dropped differs from edition to edition.

use std::cell::{Cell, RefCell};
use std::sync::Mutex;

use storyline::timed;

use crate::trace::{drive, note, take_notes, yield_once, Named, Trace};

impl Named {
    fn some(&self) -> Option<usize> {
        Some(self.0.len())
    }

    fn none(&self) -> Option<usize> {
        None
    }

    fn fails(&self) -> Result<usize, String> {
        Err(self.0.to_owned())
    }
}

#[timed]
fn in_if_let(a: Named) -> usize {
    let _local = Named("local");
    if let Some(len) = Named("temporary").none() {
        len
    } else {
        note("else");
        a.len()
    }
}

#[timed]
fn in_a_match(a: Named) -> Option<usize> {
    let _local = Named("local");
    match Named("temporary").some() {
        Some(3) => None,
        other => other,
    }
}

#[timed]
fn in_a_question(a: Named) -> Result<usize, String> {
    let _local = Named("local");
    Ok(Named("temporary").fails()?)
}

#[timed]
fn in_a_block(a: Named) -> usize {
    let _local = Named("local");
    {
        Named("temporary").len()
    }
}

#[timed]
fn in_a_loop(a: Named) -> usize {
    let _local = Named("local");
    loop {
        let _inside = Named("inside");
        break Named("temporary").len();
    }
}

#[timed]
fn in_a_condition(a: Named) -> bool {
    let _local = Named("local");
    Named("left").len() > 0 && Named("right").len() > 0
}

#[timed]
fn in_a_tuple() -> (usize, Named) {
    let _local = Named("local");
    (Named("temporary").len(), Named("returned"))
}

#[timed]
fn in_an_assignment(out: &mut usize) {
    let _local = Named("local");
    *out = Named("temporary").len()
}

#[timed]
fn in_while(times: &Cell<u8>) {
    let _local = Named("local");
    while Named("condition").len() > 0 && times.get() > 0 {
        times.set(times.get() - 1)
    }
}

#[timed]
fn in_for() {
    let _local = Named("local");
    for _ in vec![Named("first"), Named("second")] {
        note("body")
    }
}

#[timed]
fn in_a_macro(a: Named) -> String {
    let _local = Named("local");
    format!("{}", Named("temporary").len())
}

#[timed]
fn in_a_call(a: Named) -> usize {
    let _local = Named("local");
    (|named: &Named| named.len())(&Named("temporary"))
}

#[timed]
fn in_a_return(a: Named) -> usize {
    let _local = Named("local");
    return Named("temporary").len();
}

#[timed]
fn that_live_longer() -> usize {
    let first = &Named("first");
    let second = Named("second");
    first.len() + second.len()
}

#[timed]
fn in_let_else(a: Named, value: Option<u8>) -> usize {
    let Some(value) = value else {
        let _inside = Named("inside");
        return Named("temporary").len();
    };
    note("after");
    a.len() + usize::from(value)
}

#[timed]
fn in_a_label(a: Named) -> usize {
    let _local = Named("local");
    'label: {
        if a.len() > 0 {
            break 'label Named("temporary").len();
        }
        3
    }
}

#[timed]
fn in_labelled_loops(most: usize) -> Option<usize> {
    'outer: for first in 0.. {
        let _first = Named("first");
        for second in 0..first {
            let _second = Named("second");
            if first * second > most {
                return Some(first);
            }
            if second == 1 {
                continue 'outer;
            }
            if first > 3 {
                break 'outer;
            }
        }
    }
    None
}

#[timed]
fn borrows_at_the_end(cell: &RefCell<Vec<u8>>) -> usize {
    cell.borrow().len()
}

#[timed]
fn locks_and_gives(
    lock: &Mutex<Vec<u8>>,
) -> Option<impl std::ops::DerefMut<Target = Vec<u8>> + '_> {
    lock.try_lock().ok()
}

#[timed]
async fn later_in_a_match(a: Named) -> usize {
    let _local = Named("local");
    yield_once().await;
    match Named("temporary").some() {
        Some(len) => len,
        None => 0,
    }
}

#[timed]
async fn later_in_if_let(a: Named) -> usize {
    let _local = Named("local");
    if let Some(len) = Named("temporary").none() {
        len
    } else {
        yield_once().await;
        note("else");
        a.len()
    }
}

#[timed]
async fn later_in_a_question(a: Named) -> Result<usize, String> {
    let _local = Named("local");
    yield_once().await;
    Ok(Named("temporary").fails()?)
}

#[timed]
async fn later_in_let_else(a: Named, value: Option<u8>) -> usize {
    let Some(value) = value else {
        yield_once().await;
        return Named("temporary").len();
    };
    a.len() + usize::from(value)
}

pub(crate) fn run(t: &mut Trace) {
    let n = Named;
    macro_rules! caught {
        ($($call:expr;)*) => {
            $(t.caught(stringify!($call), || $call);)*
        };
    }
    caught! {
        in_if_let(n("a"));
        in_a_match(n("a"));
        in_a_question(n("a"));
        in_a_block(n("a"));
        in_a_loop(n("a"));
        in_a_condition(n("a"));
        in_a_tuple().0;
        in_an_assignment(&mut 1);
        in_while(&Cell::new(2));
        in_for();
        in_a_macro(n("a"));
        in_a_call(n("a"));
        in_a_return(n("a"));
        that_live_longer();
        in_let_else(n("a"), None);
        in_let_else(n("a"), Some(1));
        in_a_label(n("a"));
        in_labelled_loops(1);
        in_labelled_loops(100);
        borrows_at_the_end(&RefCell::new(vec![1]));
        locks_and_gives(&Mutex::new(vec![1])).map(|it| it.len());
        drive(later_in_a_match(n("a")));
        drive(later_in_if_let(n("a")));
        drive(later_in_a_question(n("a")));
        drive(later_in_let_else(n("a"), None));
    }
    t.add("nothing left", take_notes());
}
