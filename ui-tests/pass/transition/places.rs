//! Every place that a state may be kept in.

use std::cell::RefCell;
use std::sync::{Mutex, RwLock};

use storyline::{IllegalTransition, Tracked, state_machine, transition};

#[state_machine(initial = A)]
#[derive(Debug, PartialEq)]
enum Step {
    #[to(B)]
    A,
    #[to(C)]
    B,
    #[to(A)]
    C,
}

struct Holder {
    state: Step,
    others: Vec<Holder>,
    tracked: Tracked<Step>,
}

impl Holder {
    fn new() -> Self {
        Self { state: Step::A, others: Vec::new(), tracked: Tracked::new(1, Step::A) }
    }

    fn go(&mut self) -> Result<(), IllegalTransition> {
        transition!(self.state => Step::B)?;
        transition!(self.tracked: A => Step::B)?;
        for other in &mut self.others {
            transition!(other.state => Step::B)?;
        }
        let last = self.others.len() - 1;
        transition!(self.others[last].state: B => Step::C)?;
        transition!((self.others[last - 0].state) => Step::A)
    }
}

fn reference(state: &mut Step) -> Result<(), IllegalTransition> {
    transition!(state => Step::B)?;
    transition!(*state => Step::C)?;
    let again = &mut *state;
    transition!(again: C => Step::A)?;
    let nested = &mut &mut *state;
    transition!(nested: A => Step::B)?;
    transition!(**nested: B => Step::C)
}

fn generic<S: Into<Step>>(state: &mut Step, next: S) -> Result<(), IllegalTransition> {
    transition!(state => next.into())
}

macro_rules! wrapped {
    ($place:expr => $next:expr) => {
        transition!($place => $next)
    };
    ($place:expr, $from:ident => $next:expr) => {
        transition!($place: $from => $next)
    };
}

async fn asynchronous(state: &mut Step) -> Result<(), IllegalTransition> {
    async fn next() -> Result<Step, IllegalTransition> {
        Ok(Step::B)
    }
    transition!(state => next().await?, from_cache = next().await? == Step::B, shown = ?next().await?, last = 1)
}

fn is_send<T: Send>(value: T) -> T {
    value
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut holder = Holder::new();
    holder.others.push(Holder::new());
    holder.go()?;

    let mut state = Step::A;
    reference(&mut state)?;
    assert_eq!(state, Step::C);
    generic(&mut state, Step::A)?;
    wrapped!(state => Step::B)?;
    wrapped!(state, B => Step::C)?;
    wrapped!(holder.state => Step::C)?;

    let cell = RefCell::new(Step::A);
    let mut guard = cell.borrow_mut();
    transition!(guard => Step::B)?;
    transition!(*guard => Step::C)?;

    let mutex = Mutex::new(Step::A);
    let mut guard = mutex.lock().unwrap();
    transition!(guard: A => Step::B)?;

    let lock = RwLock::new(Tracked::new("a".to_owned(), Step::A));
    let mut guard = lock.write().unwrap();
    transition!(guard: A => Step::B)?;
    transition!(*guard: B => Step::C)?;

    let mut boxed = Box::new(Step::A);
    transition!(boxed => Step::B)?;
    transition!(*boxed => Step::C)?;

    let mut pair = (Step::A, [Step::A, Step::B]);
    transition!(pair.0 => Step::B)?;
    transition!(pair.1[1] => Step::C)?;

    let result = match &mut pair {
        (_, [first, _]) => transition!(first => Step::B),
    };
    result?;
    let mut apply = |next| transition!(state => next);
    apply(Step::A)?;
    drop(is_send(asynchronous(&mut state)));
    Ok(())
}
