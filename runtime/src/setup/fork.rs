//! A child made by `fork` logs for itself: it has none of its parent's records, its own number, and, from
//! its first record on, a background thread and a recorder of its own. Until then it costs nothing, so a
//! child that only starts another program pays for nothing.
//!
//! Around the fork every lock of ours is held by the thread that forks, so the child finds nothing half
//! done; and what runs on that thread meanwhile, such as a signal handler or what others have registered for
//! a fork, is counted when it logs, because it would wait for its own locks or write into the ring of its
//! parent. A sink that keeps the background thread busy for longer than [`PATIENCE`] leaves the child without
//! one: its records are counted as lost.

use core::cell::RefCell;
use core::mem::ManuallyDrop;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use super::recorder::Plan;
use crate::backend::thread;
use crate::ring::Suspended;
use crate::{clock, local, registry, sys, wake};

/// How long a fork waits for the background thread to finish what it is about.
const PATIENCE: Duration = Duration::from_millis(250);

static PLAN: OnceLock<Plan> = OnceLock::new();

struct Held {
    backend: thread::Held,
    registry: registry::Held,
    wake: wake::Held,
    clock: clock::Held,
}

impl Held {
    fn resume(self) {
        drop((self.registry, self.wake, self.clock));
        self.backend.resume();
    }

    fn forget(self) {
        self.backend.forget();
        self.registry.forget(wake_up);
        self.wake.forget();
        drop(self.clock);
    }
}

/// The thread that forks, between the moments before and behind.
struct Around {
    /// None where it took too long.
    held: Option<Held>,
    ring: Suspended,
    beside: registry::Beside,
}

thread_local! {
    // Without a destructor, so that a thread may fork while it ends.
    static AROUND: ManuallyDrop<RefCell<Option<Around>>> = const { ManuallyDrop::new(RefCell::new(None)) };
}

pub(super) fn install(plan: Plan) {
    if PLAN.set(plan).is_ok() {
        // Where it cannot be registered a child has no background thread, and says so.
        let _ = sys::fork::at_fork(before, in_parent, in_child);
    }
}

fn hold() -> Option<Held> {
    let until = Instant::now() + PATIENCE;
    let backend = thread::hold(until)?;
    let others = (|| {
        Some((
            registry::hold(until)?,
            wake::hold(until)?,
            clock::hold(until)?,
        ))
    })();
    let Some((registry, wake, clock)) = others else {
        backend.resume();
        return None;
    };
    Some(Held {
        backend,
        registry,
        wake,
        clock,
    })
}

fn take() -> Option<Around> {
    AROUND.with(|around| around.try_borrow_mut().ok()?.take())
}

extern "C" fn before() {
    let beside = registry::Beside::enter();
    let all = Around {
        ring: local::suspend(),
        held: hold(),
        beside,
    };
    AROUND.with(|around| {
        if let Ok(mut around) = around.try_borrow_mut() {
            *around = Some(all);
        }
    });
}

extern "C" fn in_parent() {
    let Some(around) = take() else { return };
    if let Some(held) = around.held {
        held.resume();
    }
    // Whoever wanted to wake the sleeper meanwhile could not.
    wake::unpark();
    local::resume(&around.ring);
    // At the very end: until here a handler that logs would have met one of the locks.
    drop(around.beside);
}

extern "C" fn in_child() {
    let Some(around) = take() else { return };
    local::leave_to_parent(&around.ring);
    if let Some(held) = around.held {
        held.forget();
    }
    drop(around.beside);
}

/// The child's first record.
fn wake_up() {
    let Some(plan) = PLAN.get() else { return };
    let mut session = None;
    let restarted = thread::restart(|parts| {
        let mut parts: Vec<_> = parts.collect();
        for parts in &mut parts {
            if let Some(file) = parts.sink.as_file() {
                file.reopen();
            }
        }
        let mut notices = Vec::new();
        let begun = plan.begin(&mut parts.into_iter(), &mut notices);
        thread::set_recorder(begun.clone(), notices);
        session = begun;
    });
    if restarted.is_ok() {
        registry::set_storage(session.map(|it| it as _));
    }
}
