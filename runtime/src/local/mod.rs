//! This thread's ring. Hot: after a thread's first record an append is a look at some cells, a copy and
//! a store. Everything unusual (first use, full ring, a call inside a call, a thread that is ending, a
//! test's capture, no set-up) leaves the road through one cold function.

mod waiting;

use core::cell::{Cell, RefCell};
use std::sync::Arc;
use std::thread;

use crate::fallback;
use crate::registry::{self, Beside, Drops, WhenFull};
use crate::ring::{Producer, Refused, Reserved, Suspended};
use crate::site::Site;
use crate::sys;
use crate::wake;

use waiting::Worth;

/// Takes a thread's records in place of its ring: a test's capture.
pub(crate) trait Redirect: Send + Sync {
    /// One encoded record.
    fn accept(&self, payload: &[u8], site: &'static Site, thread: &str);
}

thread_local! {
    // Neither has a destructor, so both can be read at any moment of the thread's life.
    static PRODUCER: Producer = const { Producer::detached() };
    static ENDED: Cell<bool> = const { Cell::new(false) };
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
        ENDED.with(|ended| ended.set(true));
        PRODUCER.with(close);
    }
}

/// Leaves a ring to the background thread, which drains and frees it; see [`registry::count_left`].
fn close(producer: &Producer) {
    if producer.is_attached() {
        registry::count_left();
        producer.close();
    }
}

/// Sets bytes aside in this thread's ring; none when that takes more than a look: see [`make_room`].
#[inline(always)]
pub(crate) fn reserve(len: usize) -> Option<Reserved> {
    PRODUCER.with(|producer| producer.reserve(len))
}

/// What becomes of a record that [`reserve`] had no room for.
pub(crate) enum Room {
    /// It found room after all.
    Found(Reserved),
    /// It is lost, and counted.
    Lost,
    /// This thread has no ring at hand; see [`append`].
    Beside,
}

/// Sets bytes aside where it takes a look at the consumer, or to wait for it.
#[cold]
#[inline(never)]
pub(crate) fn make_room(len: usize) -> Room {
    match PRODUCER.with(|producer| producer.make_room(len)) {
        Ok(reserved) => Room::Found(reserved),
        Err(Refused::Full) => wait_for_room(len),
        // A handler that has interrupted another one may stand in the middle of an allocation.
        Err(Refused::Busy) => {
            registry::count_reentrant();
            Room::Lost
        }
        Err(Refused::Absent) => Room::Beside,
    }
}

/// Where something may go that nobody waits for.
pub(crate) enum Aside {
    /// Here.
    Found(Reserved),
    /// There is no room.
    Missed,
    /// Nobody would read it: nothing is set up, or a test's capture takes what this thread logs.
    Unheard,
}

/// Sets bytes aside where it takes a look at the consumer, or a thread's first ring; never waits.
#[cold]
#[inline(never)]
pub(crate) fn make_room_at_once(len: usize) -> Aside {
    let attempt = || PRODUCER.with(|producer| producer.make_room(len));
    let found = match attempt() {
        Err(Refused::Absent) if is_redirected() || !registry::is_connected() => {
            return Aside::Unheard;
        }
        Err(Refused::Absent) if attach_beside() => attempt(),
        found => found,
    };
    found.map_or(Aside::Missed, Aside::Found)
}

/// Makes the ring of a thread that has none yet; false for one that is ending, that forks, or whose call comes
/// from inside another one.
fn attach_beside() -> bool {
    if ENDED.with(Cell::get) || PRODUCER.with(Producer::is_attached) {
        return false;
    }
    let beside = Beside::enter();
    let is_outside = !beside.is_inside();
    if is_outside {
        attach();
    }
    is_outside
}

/// Publishes what was filled and counts for nothing; wakes nobody.
#[inline(always)]
pub(crate) fn commit_unnumbered(reserved: Reserved) {
    PRODUCER.with(|producer| producer.commit_unnumbered(reserved));
}

/// Publishes what was filled.
#[inline(always)]
pub(crate) fn commit(reserved: Reserved, level: u8) {
    PRODUCER.with(|producer| producer.commit(reserved));
    wake::after_commit(level);
}

/// Appends a record that was encoded beside the road; false when it is lost.
pub(crate) fn append(site: &'static Site, level: u8, payload: &[u8]) -> bool {
    match make_room(payload.len()) {
        Room::Found(reserved) => fill(reserved, payload, level),
        Room::Lost => return false,
        Room::Beside => return deliver(site, level, payload),
    }
    true
}

fn deliver(site: &'static Site, level: u8, payload: &[u8]) -> bool {
    if let Some(redirect) = redirected() {
        redirect.accept(payload, site, &thread_name());
        return true;
    }
    if !registry::is_connected() {
        fallback::write(payload, site, &thread_name());
        return true;
    }
    let is_written = if ENDED.with(Cell::get) {
        into_last_resort(payload)
    } else if PRODUCER.with(Producer::is_attached) {
        registry::count_reentrant();
        false
    } else {
        attach();
        match make_room(payload.len()) {
            Room::Found(reserved) => {
                fill(reserved, payload, level);
                return true;
            }
            Room::Lost => false,
            Room::Beside => into_last_resort(payload),
        }
    };
    wake::after_commit(level);
    is_written
}

fn redirected() -> Option<Arc<dyn Redirect>> {
    REDIRECT
        .try_with(|it| it.try_borrow().ok().and_then(|it| it.clone()))
        .ok()
        .flatten()
}

fn is_redirected() -> bool {
    REDIRECT
        .try_with(|it| it.try_borrow().is_ok_and(|it| it.is_some()))
        .unwrap_or(false)
}

pub(crate) fn thread_name() -> String {
    // `thread::current` panics once the thread's own handle is gone.
    if ENDED.with(Cell::get) {
        return "ending".to_owned();
    }
    // A handler may run before the thread has that handle, which it may not make itself, or when it is gone.
    if sys::thread::may_be_in_handler() {
        return sys::thread::name();
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
        PRODUCER.with(|it| it.adopt(&producer));
    } else {
        close(&producer);
        ENDED.with(|ended| ended.set(true));
    }
}

/// Keeps everybody from this thread's ring for the time of a fork; a handler that logs finds none.
pub(crate) fn suspend() -> Suspended {
    PRODUCER.with(Producer::suspend)
}

/// The counterpart of [`suspend`] in the parent.
pub(crate) fn resume(suspended: &Suspended) {
    PRODUCER.with(|producer| producer.resume(suspended));
}

/// The counterpart of [`suspend`] in the child: this thread's ring is the parent's.
pub(crate) fn leave_to_parent(suspended: &Suspended) {
    PRODUCER.with(|producer| producer.leave_to_parent(suspended));
}

/// Appends to the ring that threads share which have none; false when the record is lost.
fn into_last_resort(payload: &[u8]) -> bool {
    let attempt = |worth| {
        registry::with_last_resort(|producer| {
            let mut reserved = waiting::attempt(producer, payload.len(), worth)?;
            reserved.bytes().copy_from_slice(payload);
            producer.commit(reserved);
            Ok(())
        })
    };
    if let Err(full) = attempt(Worth::Any) {
        let attempt = |worth| attempt(worth).map_err(|full| full.position);
        if waiting::wait(&full.drops, full.when_full, attempt).is_none() {
            full.drops.count_ring_full();
            return false;
        }
    }
    true
}

fn fill(mut reserved: Reserved, payload: &[u8], level: u8) {
    reserved.bytes().copy_from_slice(payload);
    commit(reserved, level);
}

/// The ring is full: waits as set-up allows, or counts the record as dropped.
fn wait_for_room(len: usize) -> Room {
    OWNED
        .try_with(|owned| {
            let drops = owned.drops.try_borrow().ok()?.clone()?;
            let attempt = |worth| PRODUCER.with(|it| waiting::attempt(it, len, worth));
            let found = waiting::wait(&drops, owned.when_full.get(), attempt);
            if found.is_none() {
                drops.count_ring_full();
            }
            found
        })
        .ok()
        .flatten()
        .map_or(Room::Lost, Room::Found)
}

/// Sends this thread's records to `redirect`, or back to its ring; gives back what was in force.
pub(crate) fn redirect(redirect: Option<Arc<dyn Redirect>>) -> Option<Arc<dyn Redirect>> {
    PRODUCER.with(|producer| {
        if redirect.is_some() {
            producer.hide();
        } else {
            producer.show();
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
