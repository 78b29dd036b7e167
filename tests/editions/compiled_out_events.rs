//! Events of `compiled_out.rs`.

use storyline::{log_event, Fields};

#[derive(Fields)]
struct Asked {
    info_member: u64,
}

#[derive(Fields)]
struct Lost {
    critical_member: u64,
}

/// One of each level.
pub fn say(number: u64) {
    log_event!(
        CRITICAL,
        "critical_event",
        "the critical text of {critical_field}",
        critical_field = 1,
        ..Lost {
            critical_member: number
        }
    );
    log_event!(
        WARNING,
        every(3),
        target = "warning_target",
        "warning_event",
        warning_field = number
    );
    let asked = Asked {
        info_member: number,
    };
    log_event!(
        INFO,
        "info_event",
        "the info text of {info_field}",
        info_field = number,
        ..asked
    );
    log_event!(DEBUG, at_most(5 per 1s), target = "debug_target", "debug_event", asked: fields);
}
