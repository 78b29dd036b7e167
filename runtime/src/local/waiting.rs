//! Waiting for room in a full ring, as long as set-up allows. The background thread wakes who waits; what is
//! decided here is how much room is worth being woken for.

use std::time::{Duration, Instant};

use crate::registry::{self, Drops, WhenFull};
use crate::ring::{Producer, Reserved};
use crate::wake;

/// So long it is worth waiting for a good part of the ring instead of a single frame: with each sleep that
/// is saved the background thread is interrupted once less.
const EASING: Duration = Duration::from_millis(2);

/// So many calls may be late at a time and the background thread hardly notices. Where more wait, each waits
/// longer for a good part of its ring.
const FEW: u32 = 8;

/// The longest sleep: what a wake that went missing costs.
const LONGEST: Duration = Duration::from_millis(100);

/// Whether any room will do, or only a good part of the ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Worth {
    Much,
    Any,
}

/// Sets bytes aside if there is so much room.
///
/// # Errors
///
/// Says how far the consumer has to come before there is.
pub(super) fn attempt(producer: &Producer, len: usize, worth: Worth) -> Result<Reserved, u64> {
    let position = match worth {
        Worth::Much => producer.room_at(len).max(producer.eased_at()),
        Worth::Any => producer.room_at(len),
    };
    if producer.given_back() < position {
        return Err(position);
    }
    producer.make_room(len).map_err(|_| position)
}

/// Tries until there is room, or as long as set-up allows.
pub(super) fn wait<T>(
    drops: &Drops,
    when_full: WhenFull,
    attempt: impl Fn(Worth) -> Result<T, u64>,
) -> Option<T> {
    let WhenFull::Wait(longest) = when_full else {
        return None;
    };
    // The background thread is the one that makes room: it would wait for itself, or for the lock that a call of
    // an allocator or a signal handler on this thread has met.
    if wake::is_backend() || wake::is_orphan() || registry::holds_lock() {
        return None;
    }
    let start = Instant::now();
    loop {
        let waited = start.elapsed();
        let left = longest.saturating_sub(waited);
        let others = u32::try_from(registry::waiting_calls()).unwrap_or(u32::MAX);
        let easing = EASING.saturating_mul(1 + others / FEW);
        // A sink that is slow gives back little at a time; then any room will do.
        let (worth, pause) = if waited >= easing || left.is_zero() {
            (Worth::Any, LONGEST)
        } else {
            (Worth::Much, easing.saturating_sub(waited))
        };
        let position = match attempt(worth) {
            Ok(found) => return Some(found),
            Err(_) if left.is_zero() => return None,
            Err(position) => position,
        };
        let found = drops
            .waiting
            .wait(position, pause.min(LONGEST).min(left), || {
                attempt(worth).ok()
            });
        if found.is_some() {
            return found;
        }
    }
}
