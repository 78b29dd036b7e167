//! `process::exit` and the end of `main` without a guard: what was logged until then is written, and
//! what is logged after that is written before its call returns.

use std::panic::catch_unwind;
use std::time::Duration;

use super::guard;
use crate::panic::discard;
use crate::{backend, sys, wake};

/// How long a call waits that logs while the process ends.
const PATIENCE: Duration = Duration::from_secs(1);

/// How long it may take to tell the other sinks what one does not take to the end.
const GRACE: Duration = Duration::from_millis(500);

pub(super) fn install() {
    sys::exit::at_exit(|is_last| {
        // Called by C, where a panic must not arrive.
        let outcome = catch_unwind(|| {
            if is_last {
                wake::leave(|| {
                    let _ = backend::flush(PATIENCE);
                });
            }
            let has_finished = guard::finish();
            if is_last && has_finished {
                backend::give_up(GRACE);
            }
            if is_last && has_finished {
                backend::end_recording();
            }
        });
        if let Err(payload) = outcome {
            discard(payload);
        }
    });
}
