//! This thread's ring. Hot: after a thread's first record an append is a look at a cell, a copy and a
//! store. Everything unusual (first use, full ring, a call inside a call, a thread that is ending, a
//! test's capture, no set-up) leaves the road through one cold function.

use core::cell::{Cell, RefCell};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::{Duration, Instant};

use crate::fallback;
use crate::level::Level;
use crate::registry::{self, Drops, WhenFull};
use crate::ring::{Producer, Slot};
use crate::site::Site;
use crate::wake;
use crate::wire::Header;

/// Takes a thread's records in place of its ring: a test's capture.
pub(crate) trait Redirect: Send + Sync {
    /// One encoded record.
    fn accept(&self, payload: &[u8], site: &'static Site, thread: &str);
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// No ring was asked for.
    Fresh,
    /// The thread has a ring, though it may be in use or hidden.
    Attached,
    /// The thread's destructors have run; its ring is closed.
    Ended,
}

thread_local! {
    // Neither has a destructor, so both can be read at any moment of the thread's life.
    static SLOT: Slot = const { Slot::new() };
    static STATE: Cell<State> = const { Cell::new(State::Fresh) };
    static OWNED: Owned = const { Owned { drops: RefCell::new(None), when_full: Cell::new(WhenFull::Drop) } };
    static REDIRECT: RefCell<Option<Arc<dyn Redirect>>> = const { RefCell::new(None) };
}

/// What ends with the thread.
struct Owned {
    drops: RefCell<Option<Arc<Drops>>>,
    when_full: Cell<WhenFull>,
}

impl Drop for Owned {
    fn drop(&mut self) {
        STATE.with(|state| state.set(State::Ended));
        // Dropping the producer closes the ring; the background thread drains and frees it.
        SLOT.with(|slot| drop(slot.remove()));
    }
}

/// This thread's producer, for one record; none when there is none at hand.
#[inline(always)]
pub(crate) fn take() -> Option<Box<Producer>> {
    SLOT.with(Slot::take)
}

/// Puts the producer back behind a record of this level.
#[inline(always)]
pub(crate) fn give_back(producer: Box<Producer>, level: Level) {
    SLOT.with(|slot| slot.give_back(producer));
    wake::after_commit(level);
}

/// Appends a record that was encoded beside the road.
pub(crate) fn append(site: &'static Site, level: Level, payload: &mut [u8]) {
    match take() {
        Some(mut producer) => {
            copy_in(&mut producer, payload);
            give_back(producer, level);
        }
        None => deliver(site, level, payload),
    }
}

fn deliver(site: &'static Site, level: Level, payload: &mut [u8]) {
    if let Some(redirect) = redirected() {
        return redirect.accept(payload, site, &thread_name());
    }
    if !registry::is_connected() {
        return fallback::write(payload, site, &thread_name());
    }
    match STATE.with(Cell::get) {
        State::Fresh => {
            attach();
            match take() {
                Some(mut producer) => {
                    copy_in(&mut producer, payload);
                    give_back(producer, level);
                }
                None => into_last_resort(payload),
            }
        }
        State::Attached => registry::count_reentrant(),
        State::Ended => into_last_resort(payload),
    }
    wake::after_commit(level);
}

fn redirected() -> Option<Arc<dyn Redirect>> {
    REDIRECT
        .try_with(|it| it.try_borrow().ok().and_then(|it| it.clone()))
        .ok()
        .flatten()
}

pub(crate) fn thread_name() -> String {
    // `thread::current` panics once the thread's own handle is gone.
    if STATE.with(Cell::get) == State::Ended {
        return "ending".to_owned();
    }
    let thread = thread::current();
    thread
        .name()
        .map_or_else(|| format!("{:?}", thread.id()), str::to_owned)
}

fn attach() {
    let Some((producer, drops, when_full)) = registry::attach(&thread_name()) else {
        return;
    };
    let installed = OWNED.try_with(|owned| {
        owned.when_full.set(when_full);
        *owned.drops.borrow_mut() = Some(drops);
    });
    // Without the destructor nobody would close the ring.
    if installed.is_ok() {
        SLOT.with(|slot| slot.install(Box::new(producer)));
        STATE.with(|state| state.set(State::Attached));
    } else {
        STATE.with(|state| state.set(State::Ended));
    }
}

fn copy_in(producer: &mut Producer, payload: &mut [u8]) {
    if producer.reserve(payload.len()) || wait_for_room(producer, payload.len()) {
        fill(producer, payload);
    }
}

fn into_last_resort(payload: &mut [u8]) {
    registry::with_last_resort(|producer| {
        let room = producer.reserve(payload.len());
        if room {
            fill(producer, payload);
        }
        room
    });
}

fn fill(producer: &mut Producer, payload: &mut [u8]) {
    Header::renumber(payload, producer.committed());
    producer.reserved().copy_from_slice(payload);
    producer.commit();
}

fn count_ring_full() {
    let _ = OWNED.try_with(|owned| {
        if let Ok(drops) = owned.drops.try_borrow()
            && let Some(drops) = &*drops
        {
            // ORDERING: Relaxed: a counter that orders nothing.
            drops.ring_full.fetch_add(1, Ordering::Relaxed);
        }
    });
}

/// The ring is full: waits as set-up allows, or counts the record as dropped.
#[cold]
#[inline(never)]
pub(crate) fn wait_for_room(producer: &mut Producer, len: usize) -> bool {
    let when_full = OWNED
        .try_with(|owned| owned.when_full.get())
        .unwrap_or(WhenFull::Drop);
    if let WhenFull::Wait(longest) = when_full
        // The background thread is the one that makes room: it would wait for itself.
        && !wake::is_backend()
        && !wake::is_orphan()
    {
        let start = Instant::now();
        let mut pause = Duration::from_micros(20);
        loop {
            wake::wake();
            thread::sleep(pause);
            if producer.reserve(len) {
                return true;
            }
            if start.elapsed() >= longest {
                break;
            }
            pause = (pause * 2).min(Duration::from_millis(1));
        }
    }
    count_ring_full();
    false
}

/// Sends this thread's records to `redirect`, or back to its ring; gives back what was in force.
pub(crate) fn redirect(redirect: Option<Arc<dyn Redirect>>) -> Option<Arc<dyn Redirect>> {
    SLOT.with(|slot| {
        if redirect.is_some() {
            slot.suspend();
        } else {
            slot.resume();
        }
    });
    REDIRECT
        .try_with(|current| {
            current
                .try_borrow_mut()
                .map(|mut current| core::mem::replace(&mut *current, redirect))
                .ok()
        })
        .ok()
        .flatten()
        .flatten()
}
