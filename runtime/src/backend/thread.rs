//! The background thread itself. Its worker has a place that outlives it: a fork takes the thread away and
//! leaves the worker, whole, to the child.

use std::io;
use std::sync::{Arc, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::report::Notice;
use super::running;
use super::shared::HeldShared;
use super::worker::Worker;
use crate::flight::Session;
use crate::sink::Parts;
use crate::sync::{AtomicU32, Mutex, MutexGuard, Ordering, shared_static};
use crate::{sys, wake};

shared_static! {
    static WORKER: Mutex<Option<Worker>> = Mutex::new(None);

    /// Forks that are under way: the thread steps back from the worker.
    // ORDERING: Relaxed: who forks asks for the lock anyway; this only lets him have it.
    static FORKS: AtomicU32 = AtomicU32::new(0);
}

/// So small, and set by hand: the environment, which could say otherwise, is not asked.
const STACK_BYTES: usize = 2 << 20;

fn worker() -> MutexGuard<'static, Option<Worker>> {
    WORKER.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Starts the thread.
pub(crate) fn start(prepared: Worker) -> io::Result<()> {
    *worker() = Some(prepared);
    spawn()
}

fn spawn() -> io::Result<()> {
    let builder = thread::Builder::new().name("storyline".to_owned());
    builder.stack_size(STACK_BYTES).spawn(|| run()).map(drop)
}

fn run() -> ! {
    sys::signals::block_all();
    wake::become_backend();
    loop {
        while FORKS.load(Ordering::Relaxed) > 0 {
            thread::sleep(Duration::from_micros(20));
        }
        let sleep = worker().as_mut().and_then(Worker::round);
        // Outside of the lock: a fork does not wait for the sleeper.
        if let Some(sleep) = sleep {
            sleep.rest();
        }
    }
}

/// Everything of the background thread stands still for a fork; none when a sink took too long.
pub(crate) fn hold(until: Instant) -> Option<Held> {
    let shared = running()?;
    FORKS.fetch_add(1, Ordering::Relaxed);
    let held = wake::try_lock_until(&WORKER, until).and_then(|worker| {
        Some(Held {
            _worker: worker,
            shared: shared.hold(until)?,
        })
    });
    if held.is_none() {
        FORKS.fetch_sub(1, Ordering::Relaxed);
    }
    held
}

/// See [`hold`].
pub(crate) struct Held {
    _worker: MutexGuard<'static, Option<Worker>>,
    shared: HeldShared<'static>,
}

impl Held {
    /// In the parent: everything goes on.
    pub(crate) fn resume(self) {
        drop(self);
        FORKS.fetch_sub(1, Ordering::Relaxed);
    }

    /// In the child: nothing is under way, and there is no thread.
    pub(crate) fn forget(self) {
        self.shared.forget();
        FORKS.store(0, Ordering::Relaxed);
    }
}

/// In the child of a fork: another thread for the worker. `renew` is given the sinks and opens them anew.
pub(crate) fn restart(renew: impl FnOnce(&mut dyn Iterator<Item = &mut Parts>)) -> io::Result<()> {
    if let Some(worker) = worker().as_mut() {
        worker.renew(renew);
    }
    spawn()?;
    // Without a thread the child stays without one, and what it logs is counted so.
    wake::adopt_process();
    Ok(())
}

/// Records there from now on, and tells what is to be told about that.
pub(crate) fn set_recorder(recorder: Option<Arc<Session>>, notices: Vec<Notice>) {
    if let Some(shared) = running() {
        shared.set_recorder(recorder);
        shared.add_notices(notices);
    }
}
