//! What is off evaluates nothing, from the first call on. A process of its own, since a capture
//! anywhere in a process switches every site on.

use std::sync::atomic::{AtomicU32, Ordering};

use storyline::{Level, debug, log_event, state_machine, transition};

static EVALUATED: AtomicU32 = AtomicU32::new(0);

fn counted() -> u32 {
    EVALUATED.fetch_add(1, Ordering::Relaxed)
}

#[state_machine(initial = On)]
enum Lamp {
    #[to(Off)]
    On,
    #[terminal]
    Off,
}

fn main() {
    for _ in 0..2 {
        debug!("seen", n = counted());
        debug!(every(1), "seen", "{text}", text: display = counted());
        log_event!((Level::Info), "seen", n: debug = counted());
    }
    // Without set-up INFO is off; the step itself is taken.
    let mut lamp = Lamp::On;
    assert!(transition!(lamp => Lamp::Off, n = counted()).is_ok());
    assert!(matches!(lamp, Lamp::Off));
    assert_eq!(EVALUATED.load(Ordering::Relaxed), 0);

    // A warning goes to standard error.
    log_event!(WARNING, "seen", n = counted());
    assert_eq!(EVALUATED.load(Ordering::Relaxed), 1);
}
