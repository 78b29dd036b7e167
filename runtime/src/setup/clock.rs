//! Said once at start where calls are slower than they could be, because the processor's counter is not used.

use crate::clock;
use crate::level::Level;
use crate::own::{emit_if_wanted, own_site};
use crate::value::capture;

pub(super) fn report() {
    if let Some(reason) = clock::objection() {
        let site = own_site!("storyline", "counter_not_used", ["reason"]);
        emit_if_wanted(site, Level::Info, || (capture(&reason), ()));
    }
}
