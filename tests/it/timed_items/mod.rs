//! `#[timed]`: everything it can stand on, and what it leaves out.
#![expect(
    clippy::needless_pass_by_value,
    clippy::toplevel_ref_arg,
    reason = "arguments of every kind are what is tested"
)]

mod async_traits;
mod attributes;
mod closures;
mod functions;
mod futures;
mod modules;
mod receivers;
mod syntax;

use std::future::Future;

use crate::timed::poll_once;

fn drive<F: Future>(future: F) {
    let mut future = Box::pin(future);
    assert!(poll_once(future.as_mut()).is_pending());
    assert!(poll_once(future.as_mut()).is_ready());
}
