//! What ticks meant to a process, kept where its reader finds it: two slots, written in turn, each
//! sealed, so that one of them is whole at every moment.

use super::pack::{Pack, Unpack, seal, store, unseal};
use crate::clock::Calibration;
use crate::sys::mapping::Mapping;

/// Where the slots begin in the head.
pub(super) const START: usize = 16 * 1024;

/// Bytes of a slot.
const SLOT: usize = 64;

/// Bytes of both.
pub(super) const BYTES: usize = 2 * SLOT;

/// Writes the newest calibration; `turn` counts how many there were.
pub(super) fn write(mapping: &Mapping, turn: u64, calibration: &Calibration) {
    let (ticks, wall, nanos_per_tick) = calibration.parts();
    let mut content = Vec::with_capacity(32);
    content.u64(turn);
    content.u64(ticks);
    content.u64(wall.cast_unsigned());
    content.u64(nanos_per_tick.to_bits());
    let slot = usize::from(!turn.is_multiple_of(2)) * SLOT;
    store(mapping.words(), START + slot, &seal(&content));
}

/// The newest calibration that is whole.
pub(super) fn read(head: &[u8]) -> Option<Calibration> {
    let read = |at: usize| {
        let mut from = Unpack(unseal(head.get(at..at + SLOT)?)?);
        let turn = from.u64()?;
        let (ticks, wall, rate) = (from.u64()?, from.u64()?, from.u64()?);
        let calibration = Calibration::from_parts(ticks, wall.cast_signed(), f64::from_bits(rate))?;
        Some((turn, calibration))
    };
    let (one, two) = (read(START), read(START + SLOT));
    let turn = |it: &Option<(u64, Calibration)>| it.as_ref().map(|it| it.0);
    let newest = if turn(&one) > turn(&two) { one } else { two };
    newest.map(|(_, calibration)| calibration)
}
