//! The panic hook: a panic is in the log before the process may be gone. Whatever hook was there before
//! is called behind ours.

use std::panic::PanicHookInfo;
use std::time::Duration;

use crate::level::Level;
use crate::own::{emit_if_wanted, own_site};
use crate::panic::panic_message;
use crate::scratch;
use crate::timed::hook;
use crate::value::capture;
use crate::{backend, local, wake};

/// How long a panicking thread waits for its record to be written. It may hold locks that a sink
/// needs, so this must end.
const DEADLINE: Duration = Duration::from_millis(500);

pub(super) fn install() {
    let previous = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if scratch::is_rendering() {
            // A value's own Display failed; it is caught and becomes a mark in the record.
            return;
        }
        // A format or sink that panics is caught, and what it lost is counted and told. A record of the
        // panic would go through the same format, which would panic again, for ever.
        let reports = !wake::is_backend();
        hook::around(|| {
            if reports {
                report(info);
            }
            previous(info);
        });
    }));
}

fn report(info: &PanicHookInfo<'_>) {
    let message = panic_message(info.payload());
    let location = info.location().map(ToString::to_string);
    // A panic inside the hook ends the process, and `thread::current` may panic in a thread that ends.
    let thread = local::thread_name();
    let site = own_site!("panic", "panic", ["message", "location", "thread"]);
    emit_if_wanted(site, Level::Critical, || {
        (
            capture(message),
            (capture(&location), (capture(&thread), ())),
        )
    });
    let _ = backend::flush(DEADLINE);
}
