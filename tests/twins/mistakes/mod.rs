//! What the compiler and clippy complain of. They must go on to, once and at the same place.

mod leaving;
mod style;
mod unused;
mod waiting;

use crate::trace::Trace;

pub(crate) fn run(t: &mut Trace) {
    unused::run(t);
    leaving::run(t);
    waiting::run(t);
    style::run(t);
}
