//! All clocks read together.

use std::sync::OnceLock;
use std::time::{Instant, SystemTime};

use super::source::{now, settle};

/// All clocks at one moment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading {
    pub(super) ticks: u64,
    pub(super) monotonic: Instant,
    pub(super) wall: i64,
}

impl Reading {
    /// Of a few tries the one that took least, so that an interruption between the clocks does not
    /// count.
    pub(super) fn take() -> Self {
        let mut best: Option<(u64, Self)> = None;
        for _ in 0..5 {
            let before = now();
            let monotonic = Instant::now();
            let wall = SystemTime::now();
            let after = now();
            let width = after.saturating_sub(before);
            if best.is_none_or(|(narrowest, _)| width < narrowest) {
                best = Some((
                    width,
                    Self {
                        ticks: before + width / 2,
                        monotonic,
                        wall: nanos(wall),
                    },
                ));
            }
        }
        match best {
            Some((_, reading)) => reading,
            None => Self {
                ticks: now(),
                monotonic: Instant::now(),
                wall: nanos(SystemTime::now()),
            },
        }
    }
}

pub(super) fn nanos(wall: SystemTime) -> i64 {
    match wall.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_nanos()).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_nanos()).map_or(i64::MIN, |it| -it),
    }
}

/// The first reading of the process.
pub(super) fn first() -> Reading {
    static FIRST: OnceLock<Reading> = OnceLock::new();

    // Chosen before the reading, which would otherwise come back here and wait for itself.
    settle();
    *FIRST.get_or_init(Reading::take)
}
