//! What a log has lost and what it was told of that, kept in the head: what a process could not tell before it
//! ended is told by whoever recovers. For each log two slots, written in turn, each sealed:
//!
//! ```text
//! u64 turn, u8 whether damage was told, u8 whether the death was told, both by a recovery
//! for each loss: u8 its code, its reason as text, u64 records lost, u64 of those told in this log
//! ```
//!
//! A report that is about to be written is noted with its batch, as a record is: as if it came from a ring of
//! that code, with the low half of the number told behind it.

use std::path::Path;

use super::MAX_LOGS;
use super::pack::{Pack, Unpack, seal, store, unseal};
use crate::sink::Origin;
use crate::sys::mapping::Mapping;

/// Where the slots begin in the head.
pub(super) const START: usize = 20 * 1024;

/// Bytes of a slot: as many losses as there are reasons, for a log and for the process, have room.
const SLOT: usize = 1024;

/// Bytes of all slots.
pub(super) const BYTES: usize = MAX_LOGS * 2 * SLOT;

/// Records of one reason that are missing in a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Loss {
    /// Which one it is; no two of a log have the same. See [`Origin::of_loss`].
    pub(crate) code: u8,
    pub(crate) reason: String,
    pub(crate) lost: u64,
    pub(crate) told: u64,
}

/// Codes from here on are losses of the process, which every log lacks; below they are the log's own.
const OF_PROCESS: u8 = 128;

impl Loss {
    /// One of the log's own, or, before any sink saw the records, of the process; `reason` is the number of the
    /// reason.
    pub(crate) fn new(is_own: bool, reason: usize, name: &str, lost: u64, told: u64) -> Self {
        Self {
            code: Self::code_of(is_own, reason),
            reason: name.to_owned(),
            lost,
            told,
        }
    }

    /// The code of such a loss.
    pub(crate) fn code_of(is_own: bool, reason: usize) -> u8 {
        let most = OF_PROCESS - 1;
        let code = u8::try_from(reason).map_or(most, |it| it.min(most));
        if is_own { code } else { code | OF_PROCESS }
    }

    /// Where it happened, as reports name it: in this log, or before any.
    pub(super) fn sink_or(&self, log: &Path) -> String {
        if self.code >= OF_PROCESS {
            "all".to_owned()
        } else {
            log.display().to_string()
        }
    }

    pub(super) fn untold(&self) -> u64 {
        self.lost.saturating_sub(self.told)
    }
}

/// All that is kept for one log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Untold {
    turn: u64,
    pub(super) damage_is_told: bool,
    pub(super) death_is_told: bool,
    pub(super) losses: Vec<Loss>,
}

impl Untold {
    /// Whether a loss is left to tell.
    pub(super) fn has_losses(&self) -> bool {
        self.losses.iter().any(|loss| loss.untold() > 0)
    }

    /// A report of this origin has arrived.
    pub(super) fn arrived(&mut self, origin: Origin) {
        if origin == super::replay::DAMAGE {
            self.damage_is_told = true;
        }
        if origin == super::replay::DEATH {
            self.death_is_told = true;
        }
        let loss = self.losses.iter_mut();
        for loss in loss.filter(|it| origin.loss() == Some(it.code)) {
            let known = u32::try_from(loss.told & u64::from(u32::MAX)).unwrap_or(0);
            let more = u64::from(origin.number.wrapping_sub(known));
            // What is more than was lost is older than what is known.
            if more <= loss.untold() {
                loss.told += more;
            }
        }
    }

    /// Writes it down, behind what was there before.
    pub(super) fn write(&mut self, head: &Mapping, log: usize) {
        self.turn += 1;
        let mut content = Vec::with_capacity(64);
        content.u64(self.turn);
        content.u8(self.damage_is_told.into());
        content.u8(self.death_is_told.into());
        for loss in &self.losses {
            let before = content.len();
            content.u8(loss.code);
            content.text(&loss.reason);
            content.u64(loss.lost);
            content.u64(loss.told);
            if content.len() + 16 > SLOT {
                content.truncate(before);
            }
        }
        let slot = usize::from(!self.turn.is_multiple_of(2));
        store(
            head.words(),
            START + (2 * log + slot) * SLOT,
            &seal(&content),
        );
    }

    /// The newest that is whole; nothing where none is.
    pub(super) fn read(head: &[u8], log: usize) -> Self {
        let start = START + 2 * log * SLOT;
        let read = |at: usize| Self::unpack(unseal(head.get(at..at + SLOT)?)?);
        let (one, two) = (read(start), read(start + SLOT));
        let turn = |it: &Option<Self>| it.as_ref().map(|it| it.turn);
        let newest = if turn(&one) > turn(&two) { one } else { two };
        newest.unwrap_or_default()
    }

    fn unpack(content: &[u8]) -> Option<Self> {
        let mut from = Unpack(content);
        let mut all = Self {
            turn: from.u64()?,
            damage_is_told: from.u8()? == 1,
            death_is_told: from.u8()? == 1,
            losses: Vec::new(),
        };
        while let Some(code) = from.u8() {
            all.losses.push(Loss {
                code,
                reason: from.text()?.to_owned(),
                lost: from.u64()?,
                told: from.u64()?,
            });
        }
        // A turn that cannot be counted on is damaged.
        (all.turn < u64::MAX).then_some(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loss(lost: u64, told: u64) -> Loss {
        Loss {
            code: 7,
            reason: "disk_full".to_owned(),
            lost,
            told,
        }
    }

    #[test]
    fn the_newest_that_is_whole_is_read() {
        let head = Mapping::of_no_file(START + BYTES).expect("memory");
        let bytes = || -> Vec<u8> {
            let words = head.words().iter();
            words
                .flat_map(|it| it.load(core::sync::atomic::Ordering::Relaxed).to_ne_bytes())
                .collect()
        };
        assert_eq!(Untold::read(&bytes(), 7), Untold::default());
        let mut untold = Untold::default();
        for lost in 1..=3 {
            untold.losses = vec![loss(lost, 0)];
            untold.write(&head, 7);
        }
        assert_eq!(Untold::read(&bytes(), 7), untold);
        assert_eq!(
            Untold::read(&bytes(), 6),
            Untold::default(),
            "another log's"
        );
        let mut damaged = bytes();
        // The third was written over the first.
        damaged[START + (2 * 7 + 1) * SLOT + 20] ^= 1;
        assert_eq!(Untold::read(&damaged, 7).losses, [loss(2, 0)]);
    }

    #[test]
    fn a_report_that_arrived_counts_once() {
        let mut untold = Untold {
            losses: vec![loss((1 << 32) + 9, u64::from(u32::MAX))],
            ..Untold::default()
        };
        let report = |told| Origin::of_loss(7, told);
        untold.arrived(report((1 << 32) + 4));
        assert_eq!(untold.losses[0].untold(), 5);
        untold.arrived(report((1 << 32) + 4));
        untold.arrived(report(u64::from(u32::MAX)));
        untold.arrived(Origin::of_loss(8, (1 << 32) + 9));
        assert_eq!(untold.losses[0].untold(), 5, "older, or another's");
    }
}
