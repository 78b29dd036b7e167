//! Said once at start where calls are slower than they could be, because the processor's counter is not used.

use crate::clock;
use crate::emit::emit;
use crate::level::Level;
use crate::site::{Meta, Site};
use crate::value::capture;

static NOT_USED: Site = Site::new(&Meta {
    events: &["counter_not_used"],
    keys: &["reason"],
    constants: &[],
    template: &[],
    target: "storyline",
    module: module_path!(),
    file: file!(),
    line: line!(),
    gate: None,
});

pub(super) fn report() {
    if NOT_USED.wants(Level::Info)
        && let Some(reason) = clock::objection()
    {
        emit(&NOT_USED, Level::Info, 0, (capture(&reason), ()));
    }
}
