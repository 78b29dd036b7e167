//! How the background thread sleeps and is woken. Part of the hinge: callers pay one relaxed load per
//! record, and nothing else while the background thread is awake.
//!
//! The handshake is Dekker's: a caller commits, then looks whether somebody sleeps; the sleeper says
//! that it sleeps, then looks for commits. Both must not miss each other, which needs a full barrier on
//! each side. The sleeper pays for both with `membarrier(2)`; where there is none it never sleeps longer
//! than [`SHORT`].
//!
//! `fork` holds all of it still while the process is forked.

mod fork;

use core::cell::Cell;
use core::sync::atomic::AtomicU32;
use std::sync::{OnceLock, PoisonError};
use std::time::Duration;

use crate::level::Level;
use crate::sync::{
    self, AtomicU8, Mutex, Ordering, Thread, compiler_fence, light_fence, membarrier,
};
use crate::sys::membarrier::Membarrier;

pub(crate) use fork::{Held, hold, try_lock_until};

/// The longest a record may wait for the background thread.
pub(crate) const SHORT: Duration = Duration::from_millis(10);

/// The longest sleep: what a wake that went missing costs. Four looks a second are nothing to a processor.
const LONGEST: Duration = Duration::from_millis(250);

const AWAKE: u8 = 0;
/// Asleep for at most [`SHORT`]: only urgent records wake.
const NAPPING: u8 = 1;
/// Asleep until something comes.
const ASLEEP: u8 = 2;
/// The process ends: whoever logs now waits until it is written. Never left again.
const LEAVING: u8 = 3;

sync::shared_static! {
    static STATE: AtomicU8 = AtomicU8::new(AWAKE);
    static SLEEPER: Mutex<Option<Thread>> = Mutex::new(None);
}
static FLUSH: OnceLock<fn()> = OnceLock::new();

/// The process that has the background thread; zero before there is one.
// ORDERING: Relaxed: a number that stands for itself.
static PROCESS: AtomicU32 = AtomicU32::new(0);

sync::thread_static! {
    static IS_BACKEND: Cell<bool> = const { Cell::new(false) };
}

sync::thread_static! {
    static UNPARKING: Cell<bool> = const { Cell::new(false) };
}

sync::thread_static! {
    // A signal handler came while its thread was at it.
    static AGAIN: Cell<bool> = const { Cell::new(false) };
}

/// Makes the calling thread the one that is woken.
pub(crate) fn become_backend() {
    IS_BACKEND.with(|it| it.set(true));
    *SLEEPER.lock().unwrap_or_else(PoisonError::into_inner) = Some(sync::current());
}

/// Whether the calling thread is the background thread, which must never wait for itself.
pub(crate) fn is_backend() -> bool {
    IS_BACKEND.try_with(Cell::get).unwrap_or(false)
}

/// Says that this process has the background thread.
pub(crate) fn adopt_process() {
    PROCESS.store(std::process::id(), Ordering::Relaxed);
}

/// Whether this process was forked from the one with the background thread, which a fork leaves
/// behind: here nobody writes, and whoever waits would wait in vain. A system call.
pub(crate) fn is_orphan() -> bool {
    let process = PROCESS.load(Ordering::Relaxed);
    process != 0 && process != std::process::id()
}

/// After a commit: wakes the background thread if it sleeps too deeply for this record.
#[inline(always)]
pub(crate) fn after_commit(level: u8) {
    // The processor may still reorder the commit behind this load; the sleeper's barrier forbids it.
    light_fence();
    let deepest = if level >= Level::Error.number() {
        AWAKE
    } else {
        NAPPING
    };
    // ORDERING: Relaxed: see the head of this file.
    if STATE.load(Ordering::Relaxed) > deepest {
        wake_for_record();
    }
}

#[cold]
#[inline(never)]
fn wake_for_record() {
    wake();
    if is_leaving()
        && !is_backend()
        && let Some(flush) = FLUSH.get()
    {
        flush();
    }
}

/// Whether [`leave`] was called.
pub(crate) fn is_leaving() -> bool {
    // ORDERING: Relaxed: the barrier in `leave` stands between the store and who must see it.
    STATE.load(Ordering::Relaxed) == LEAVING
}

/// From now on every record is written, by `flush`, before its call returns: nobody will come back to what
/// is left in a ring when the process ends.
pub(crate) fn leave(flush: fn()) {
    let _ = FLUSH.set(flush);
    // ORDERING: Relaxed: the barrier behind it does the work: who has committed before it is seen by the next
    // flush, who commits behind it sees this.
    STATE.store(LEAVING, Ordering::Relaxed);
    membarrier();
    unpark();
}

/// Wakes the background thread if it sleeps.
#[cold]
#[inline(never)]
pub(crate) fn wake() {
    // ORDERING: Relaxed: of several callers one sees the sleep, whatever the order, and only that one pays for
    // the wake; what it has committed the sleeper finds by being unparked.
    let slept = STATE.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |state| match state {
        NAPPING | ASLEEP => Some(AWAKE),
        _ => None,
    });
    if slept.is_ok() || is_leaving() {
        unpark();
    }
}

/// Wakes the sleeper, whatever state it is in.
pub(crate) fn unpark() {
    // The lock may have been held when the process was forked.
    if !is_orphan() {
        not_inside_itself(|| {
            if let Some(sleeper) = &*SLEEPER.lock().unwrap_or_else(PoisonError::into_inner) {
                sleeper.unpark();
            }
        });
    }
}

/// A signal handler that interrupts its own thread in here must not wait for the lock; it leaves its wake to
/// the thread, on the way out.
fn not_inside_itself(wake: impl Fn()) {
    loop {
        if UNPARKING.with(|it| it.replace(true)) {
            AGAIN.with(|it| it.set(true));
            return;
        }
        compiler_fence(Ordering::SeqCst);
        wake();
        UNPARKING.with(|it| it.set(false));
        // A handler that runs from here on wakes by itself; one that ran before has left its word.
        compiler_fence(Ordering::SeqCst);
        if !AGAIN.with(|it| it.replace(false)) {
            return;
        }
    }
}

/// A sleep that was announced: who commits from now on wakes the sleeper, and what was committed before is
/// there to be seen. So the sleeper looks once more, and then rests or gets up again.
#[derive(Debug)]
#[must_use = "an announced sleep is slept or given up"]
pub(crate) struct Sleep {
    depth: u8,
    longest: Option<Duration>,
}

/// Announces a sleep of at most `longest`, out of which only urgent records wake.
pub(crate) fn nap(longest: Duration) -> Sleep {
    announce(NAPPING, Some(longest))
}

/// Announces a sleep until woken, of at most `longest` if given.
pub(crate) fn sleep_until_woken(longest: Option<Duration>) -> Sleep {
    announce(ASLEEP, longest)
}

fn announce(depth: u8, longest: Option<Duration>) -> Sleep {
    // ORDERING: Relaxed: the barrier below stands between it and the look at the rings. A nap has none and needs
    // none: it is short.
    let announced = STATE.compare_exchange(AWAKE, depth, Ordering::Relaxed, Ordering::Relaxed);
    // A short sleep ends by itself, so only the long one is worth interrupting every core.
    let barrier = match depth {
        ASLEEP => Some(membarrier()),
        _ => None,
    };
    Sleep {
        depth,
        longest: Some(shortened(longest, announced.is_ok(), barrier)),
    }
}

/// How long somebody sleeps who would sleep so long. Without a barrier who commits may not see the sleep, nor be
/// seen.
fn shortened(
    longest: Option<Duration>,
    is_announced: bool,
    barrier: Option<Membarrier>,
) -> Duration {
    let most = if is_announced && barrier != Some(Membarrier::Unavailable) {
        LONGEST
    } else {
        SHORT
    };
    longest.map_or(most, |longest| longest.min(most))
}

impl Sleep {
    /// Sleeps.
    pub(crate) fn rest(self) {
        match self.longest {
            Some(longest) => sync::park_timeout(longest),
            None => sync::park(),
        }
        self.get_up();
    }

    /// Stays awake.
    pub(crate) fn get_up(self) {
        // ORDERING: Relaxed: nobody orders anything by being told that we are awake.
        let _ = STATE.compare_exchange(self.depth, AWAKE, Ordering::Relaxed, Ordering::Relaxed);
    }
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;

    #[test]
    fn a_wake_inside_a_wake_is_made_up_for() {
        let wakes = Cell::new(0);
        not_inside_itself(|| {
            wakes.set(wakes.get() + 1);
            // As a signal handler does whose record comes while the sleeper goes to sleep again.
            if wakes.get() == 1 {
                not_inside_itself(|| panic!("it would wait for its own lock"));
            }
        });
        assert_eq!(wakes.get(), 2);
        not_inside_itself(|| wakes.set(wakes.get() + 1));
        assert_eq!(wakes.get(), 3);
    }

    #[test]
    fn without_a_barrier_no_sleep_is_long() {
        let (minute, moment) = (Duration::from_secs(60), Duration::from_millis(1));
        for (barrier, is_announced, most) in [
            (None, true, LONGEST),
            (Some(Membarrier::Done), true, LONGEST),
            (Some(Membarrier::Unavailable), true, SHORT),
            (Some(Membarrier::Done), false, SHORT),
        ] {
            assert_eq!(shortened(None, is_announced, barrier), most);
            assert_eq!(shortened(Some(minute), is_announced, barrier), most);
            assert_eq!(shortened(Some(moment), is_announced, barrier), moment);
        }
    }
}
