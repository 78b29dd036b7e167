//! What `#[timed]` and `timed_block!` run on: a call is begun, its body runs, and however it is left
//! one record says so. Hot: when nothing is wanted a call costs the one load and branch of its site.
//!
//! `plan` is the static behind a call, `call` begins and ends one, `guard` and `future` see how it was
//! left, `outcome` judges the value by its type, `saved` keeps the fields from entry to end.

mod call;
mod failure;
mod future;
mod guard;
mod outcome;
mod plan;
mod saved;

pub use call::Call;
pub use future::{BoxedFuture, Timed, run_boxed, run_future, unreturned};
pub use guard::{OnExit, OnUnwind, run};
pub use outcome::{Outcome, judge, judge_as_debug, judge_as_display, judge_unnamed, ok_if, used};
pub use plan::Plan;
