//! A program with something of every kind that can be left out of a build. `tests/it/compiled_out.rs`
//! builds it with and without `STORYLINE_MAX_LEVEL` and looks into the binary.

use std::future::Future;
use std::task::{Context, Poll, Waker};

use storyline::{context, state_machine, timed, timed_block, transition, Tracked};

/// In a file without a future: those name theirs in a panic of their own.
#[path = "compiled_out_events.rs"]
mod events;

#[timed(percentiles, name = "timed_function", fields(timed_field = amount))]
fn charge(amount: u64) -> Result<u64, std::num::ParseIntError> {
    if amount == 0 {
        return "".parse();
    }
    Ok(timed_block!("timed_piece", { amount + 1 }))
}

#[timed(name = "async_function", start, dependency = "async_dependency", fields(async_field = amount))]
async fn charge_later(amount: u64) -> Result<u64, std::num::ParseIntError> {
    std::future::ready(()).await;
    Ok(amount)
}

mod quiet_module {
    use storyline::timed;

    #[timed(
        name = "quiet_function",
        target = "quiet_target",
        level = INFO, err_level = INFO, panic_level = INFO, cancel_level = INFO,
        slow = 1s, slow_level = INFO,
        start, percentiles, dependency = "quiet_dependency",
        fields(quiet_field = amount)
    )]
    pub async fn charge(amount: u64) -> Result<u64, std::num::ParseIntError> {
        std::future::ready(()).await;
        Ok(amount)
    }
}

#[state_machine(initial = StateBefore)]
enum CeilingMachine {
    #[to(StateAfter)]
    StateBefore,
    #[terminal]
    StateAfter,
}

/// Transitions of both forms and through both kinds of place.
fn change(number: u64) -> bool {
    let mut order = CeilingMachine::StateBefore;
    let first = transition!(order => CeilingMachine::StateAfter, transition_field = number);
    let mut tracked = Tracked::new(number, CeilingMachine::StateBefore);
    let second = transition!(tracked: StateBefore => CeilingMachine::StateAfter);
    first.is_ok() && second.is_ok()
}

fn now<F: Future>(future: F) -> Option<F::Output> {
    let mut future = Box::pin(future);
    match future
        .as_mut()
        .poll(&mut Context::from_waker(Waker::noop()))
    {
        Poll::Ready(value) => Some(value),
        Poll::Pending => None,
    }
}

fn main() {
    let mut setup = storyline::setup("compiled_out");
    if let Some(log) = std::env::args().nth(1) {
        setup = setup.file(log);
    }
    let flush = setup.start();
    let _request = storyline::request_scope("req-1");
    let _context = context!(bound_field = std::process::id());
    let number = u64::from(std::process::id());
    events::say(number);
    let charged = charge(number).is_ok() && now(charge_later(number)).is_some_and(|it| it.is_ok());
    let declined = charge(0).is_err();
    let quiet = now(quiet_module::charge(number)).is_some();
    let changed = change(number);
    drop(flush);
    std::process::exit(i32::from(!(charged && declined && quiet && changed)));
}
