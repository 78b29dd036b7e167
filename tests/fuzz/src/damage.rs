//! What chance does to the files of a dead process, and which records it must not cost.

use core::ops::Range;
use std::fs::{self, File};
use std::os::unix::fs::FileExt;
use std::path::Path;

use storyline::fuzzing::places::{
    CONSUMER, CONTROL, CONTROL_BYTES, DESCRIPTIONS, HEAD, NOTES, PRODUCER, RING,
};

use crate::Script;
use crate::session::{Frame, ID};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Head,
    Sites,
    Ring(usize),
}

impl Place {
    fn name(self) -> String {
        match self {
            Self::Head => format!("{ID:016x}.head"),
            Self::Sites => format!("{ID:016x}.0.sites"),
            Self::Ring(index) => format!("{ID:016x}.{index}.ring"),
        }
    }
}

/// All that was done.
#[derive(Debug)]
pub(crate) struct Damage {
    touched: Vec<(Place, Range<usize>)>,
    cut: Vec<Place>,
}

/// Does what the script says.
pub(crate) fn damage(script: &mut Script<'_>, directory: &Path) -> Damage {
    let mut damage = Damage {
        touched: Vec::new(),
        cut: Vec::new(),
    };
    for _ in 0..script.u8() % 5 {
        let (place, at) = match script.u8() % 6 {
            0 => (
                Place::Head,
                HEAD[script.below(HEAD.len())] + script.below(512),
            ),
            1 => (
                Place::Sites,
                DESCRIPTIONS[script.below(2)] + script.below(4096),
            ),
            2 => (
                Place::Ring(script.below(3)),
                CONTROL + script.below(CONTROL_BYTES),
            ),
            it => (Place::Ring(usize::from(it) % 3), script.below(8192)),
        };
        let path = directory.join(place.name());
        if let Ok(file) = File::options().read(true).write(true).open(&path) {
            damage.one(script, place, at, &file, &path);
        }
    }
    damage
}

impl Damage {
    fn one(&mut self, script: &mut Script<'_>, place: Place, at: usize, file: &File, path: &Path) {
        let write = |at: usize, bytes: &[u8]| file.write_all_at(bytes, at as u64).expect("ours");
        let read = |at: usize, bytes: &mut [u8]| {
            // Behind the end there is nothing to change.
            let _ = file.read_exact_at(bytes, at as u64);
        };
        let len = usize::try_from(file.metadata().expect("ours").len()).expect("short");
        let at = at.min(len.saturating_sub(1));
        match script.u8() % 8 {
            0 => {
                fs::remove_file(path).expect("ours");
                self.touched.push((place, 0..usize::MAX));
            }
            1 => {
                file.set_len(at as u64).expect("ours");
                self.touched.push((place, at..usize::MAX));
                self.cut.push(place);
            }
            2 | 3 => {
                let mut byte = [0];
                read(at, &mut byte);
                byte[0] ^= 1 << (script.u8() % 8);
                write(at, &byte);
                self.touched.push((place, at..at + 1));
            }
            4 if matches!(place, Place::Ring(_)) && len >= 64 => {
                let lines = [at / 64, script.below(len / 64)].map(|it| it.min(len / 64 - 1) * 64);
                let mut contents = [[0; 64]; 2];
                for (line, content) in lines.iter().zip(&mut contents) {
                    read(*line, content);
                }
                write(lines[0], &contents[1]);
                write(lines[1], &contents[0]);
                self.touched.extend(lines.map(|it| (place, it..it + 64)));
            }
            _ => {
                let end = len.min(at + 1 + script.below(300));
                write(at, &vec![script.u8(); end.saturating_sub(at)]);
                self.touched.push((place, at..end));
            }
        }
    }

    /// Whether there is none.
    pub(crate) fn is_none(&self) -> bool {
        self.touched.is_empty()
    }

    fn touches(&self, place: Place, bytes: &Range<usize>) -> bool {
        self.touched
            .iter()
            .any(|(it, range)| *it == place && range.start < bytes.end && bytes.start < range.end)
    }

    /// Whether a recovery must find this frame all the same: it is whole, and of what stands twice one is.
    pub(crate) fn spares(&self, frame: &Frame) -> bool {
        let ring = Place::Ring(frame.ring);
        let is_unknown = [HEAD[0]..HEAD[1], HEAD[1]..HEAD[2]]
            .iter()
            .all(|copy| self.touches(Place::Head, copy));
        let has_no_length = [RING[0]..RING[1], RING[1]..RING[2]]
            .iter()
            .all(|copy| self.touches(ring, copy))
            && self.cut.contains(&ring);
        // The producer's words, and both notes of the consumer.
        let has_no_bounds = [PRODUCER, CONSUMER, NOTES[1]].iter().all(|line| {
            let is_missing = *line == NOTES[1] && !frame.has_second_note;
            is_missing || self.touches(ring, &(CONTROL + line..CONTROL + line + 64))
        });
        !(is_unknown || has_no_length || has_no_bounds || self.touches(ring, &frame.bytes))
    }
}
