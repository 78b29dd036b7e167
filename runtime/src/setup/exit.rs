//! `process::exit` and the end of `main` without a guard: what was logged until then is written.

use std::panic::catch_unwind;

use super::guard;
use crate::sys;

pub(super) fn install() {
    sys::exit::at_exit(|| {
        // Called by C, where a panic must not arrive.
        let _ = catch_unwind(guard::finish);
    });
}
