//! A child made by `fork` logs for itself: it has none of its parent's records, its own number, and, from
//! its first record on, a background thread and a recorder of its own. Until then it costs nothing, so a
//! child that only starts another program pays for nothing.
//!
//! Around the fork every lock of ours is held by the thread that forks, so the child finds nothing half
//! done. A sink that keeps the background thread busy for longer than [`PATIENCE`] leaves the child without
//! one: its records are counted as lost.

use core::cell::RefCell;
use core::mem::ManuallyDrop;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use super::recorder::Plan;
use crate::backend::thread;
use crate::{clock, local, registry, sys, wake};

/// How long a fork waits for the background thread to finish what it is about.
const PATIENCE: Duration = Duration::from_millis(250);

static PLAN: OnceLock<Plan> = OnceLock::new();

struct Held {
    backend: thread::Held,
    registry: registry::Held,
    wake: wake::Held,
    _clock: clock::Held,
}

thread_local! {
    // Without a destructor, so that a thread may fork while it ends.
    static HELD: ManuallyDrop<RefCell<Option<Held>>> = const { ManuallyDrop::new(RefCell::new(None)) };
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
        _clock: clock,
    })
}

fn take() -> Option<Held> {
    HELD.with(|held| held.try_borrow_mut().ok()?.take())
}

extern "C" fn before() {
    let all = hold();
    HELD.with(|held| {
        if let Ok(mut held) = held.try_borrow_mut() {
            *held = all;
        }
    });
}

extern "C" fn in_parent() {
    if let Some(held) = take() {
        held.backend.resume();
    }
    // Whoever wanted to wake the sleeper meanwhile could not.
    wake::unpark();
}

extern "C" fn in_child() {
    local::forget_ring();
    if let Some(held) = take() {
        held.backend.forget();
        held.registry.forget(wake_up);
        held.wake.forget();
    }
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
        let (begun, problem) = match plan.begin(&mut parts.into_iter()) {
            Ok(begun) => (begun, None),
            Err(problem) => (None, Some(problem)),
        };
        thread::set_recorder(begun.clone(), problem);
        session = begun;
    });
    if restarted.is_ok() {
        registry::set_storage(session.map(|it| it as _));
    }
}
