//! The session of a dead process, of any content, with any damage: every record that the damage did not
//! touch must be in the log file behind a recovery, and once where nothing was touched at all.

use std::fs;
use std::path::{Path, PathBuf};

use storyline::ValueBuf;
use storyline::fuzzing::{Dying, Head, context, encode};
use storyline::parse::parse;

use crate::damage::damage;
use crate::{Script, next_sent, sites};

/// The number of the session.
pub(crate) const ID: u64 = 0x00f0_0d5e_5510_0001;

/// Texts longer than this are cut.
const LIMIT: usize = 64 * 1024;

/// A frame that was committed.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(crate) struct Frame {
    pub(crate) ring: usize,
    number: u32,
    pub(crate) bytes: core::ops::Range<usize>,
    /// What its first value says.
    mark: usize,
    /// Whether the log takes it.
    is_wanted: bool,
    is_released: bool,
    /// Whether it stood in the log when the process died.
    has_arrived: bool,
    /// Whether the consumer of its ring has written its second note.
    pub(crate) has_second_note: bool,
}

/// A process lives, dies, is damaged and recovered as the script says.
///
/// # Panics
///
/// When something is lost that was not touched, or comes twice.
pub fn die_and_recover(script: &mut Script<'_>) {
    let place = PathBuf::from(format!("/dev/shm/storyline-fuzz-{}", std::process::id()));
    let log = place.join("log");
    let mut life = Life::begin(script, &place, &log);
    for _ in 0..script.u8() {
        life.go_on(script);
    }
    life.write(script, &log);
    let frames = life.end();
    let damage = damage(script, &place);
    let recovery = storyline::recover(&place).expect("a directory of ours");

    let text = fs::read_to_string(&log).expect("UTF-8");
    let counts = counts(&text, frames.len(), damage.is_none());
    if damage.is_none() {
        assert!(recovery.problems.is_empty(), "{:?}", recovery.problems);
        let mut found = recovery.processes.iter();
        assert!(found.all(|it| it.damaged == 0 && it.is_done));
        assert_eq!(fs::read_dir(&place).map_or(0, Iterator::count), 1);
    }
    for frame in &frames {
        let count = counts[frame.mark];
        let is_open = frame.is_wanted && !frame.is_released;
        if damage.is_none() {
            let is_due = is_open || frame.has_arrived;
            assert_eq!(count, usize::from(is_due), "{frame:?}: {text}");
        } else if is_open && damage.spares(frame) {
            assert!(count > 0, "{frame:?} is lost behind {damage:?}: {text}");
        }
    }
    fs::remove_dir_all(&place).expect("ours");
}

/// How often each record stands in the log.
fn counts(text: &str, frames: usize, is_whole: bool) -> Vec<usize> {
    let mut counts = vec![0; frames];
    // What was torn at the process's death is closed by the next who writes, if anybody does.
    let whole = text
        .split_inclusive('\n')
        .filter_map(|line| line.strip_suffix('\n'));
    for line in whole.filter(|line| !line.ends_with("…(cut)")) {
        let record = parse(line).unwrap_or_else(|error| panic!("{error} in {line:?}"));
        if ["records_dropped", "process_died"].contains(&record.event.as_str()) {
            continue;
        }
        let mark = record.field("n").or_else(|| record.field("value_1"));
        let mark = match mark {
            Some(ValueBuf::Int(it)) => usize::try_from(*it).ok(),
            _ => None,
        };
        match mark.and_then(|mark| counts.get_mut(mark)) {
            Some(count) => *count += 1,
            None => assert!(!is_whole, "nobody sent {line}"),
        }
    }
    counts
}

/// A process that logs.
struct Life {
    dying: Dying,
    rings: usize,
    thresholds: [u8; sites::MARKED],
    ticks: u64,
    frames: Vec<Frame>,
    /// Which rings were released since they were made, which is the first time.
    second_notes: [bool; 3],
}

impl Life {
    fn begin(script: &mut Script<'_>, place: &Path, log: &Path) -> Self {
        let input = script.0;
        let _ = fs::remove_dir_all(place);
        // The first moment that there is, cut to milliseconds, is before it, and no line reads so.
        let format = ["line:9", "json:9"][script.below(2)];
        let level = [0, 20, 30][script.below(3)];
        let mut dying = Dying::begin(place, ID, log, format, level).expect("room");
        let thresholds = core::array::from_fn(|index| {
            let threshold = [0, 10, 20, 40][script.below(4)];
            dying.describe(&sites::ALL[index], number_of(index), threshold);
            threshold.max(level)
        });
        for (number, group) in (sites::FIRST_GROUP..).zip(&sites::GROUPS) {
            dying.describe(group, number, 0);
        }
        let (ticks, wall) = (script.u64(), script.u64().cast_signed());
        dying.calibrate(ticks, wall, f64::from(script.u8()) / 16.0);
        let rings = 1 + script.below(3);
        for ring in 0..rings {
            dying.add_ring(first_number(input, ring));
        }
        Self {
            dying,
            rings,
            thresholds,
            ticks,
            frames: Vec::new(),
            second_notes: [false; 3],
        }
    }

    /// Logs something, or releases what was written.
    fn go_on(&mut self, script: &mut Script<'_>) {
        let what = script.u8();
        let ring = usize::from(what >> 5) % self.rings;
        if what % 8 == 7 {
            let count = script.below(64);
            self.release(ring, count);
            return;
        }
        let site = usize::from(what) % sites::MARKED;
        let level = [5, 10, 20, 30, 40, 50][script.below(6)];
        let mark = self.frames.len();
        let mut values = encode(&(mark as u64), LIMIT);
        for key in &sites::ALL[site].meta().keys[1..] {
            values.extend(next_sent(script, key, LIMIT, 1.0).0);
        }
        self.ticks = self.ticks.wrapping_add(script.u8().into());
        let head = Head {
            site: number_of(site),
            level,
            event: 0,
            ticks: self.ticks,
        };
        let flags = script.u8();
        let context = if flags & 1 == 1 {
            context(Some("req-7"), None, &[])
        } else {
            Vec::new()
        };
        let is_committed = flags < 250;
        let payload = head.payload(&values, &context);
        if let Some(sent) = self.dying.send(ring, &payload, is_committed) {
            self.frames.push(Frame {
                ring,
                number: sent.number,
                bytes: sent.bytes,
                mark,
                is_wanted: level >= self.thresholds[site],
                is_released: false,
                has_arrived: false,
                has_second_note: false,
            });
        }
    }

    fn release(&mut self, ring: usize, count: usize) {
        self.dying.release(ring, count);
        self.second_notes[ring] = true;
        let held = |it: &&mut Frame| it.ring == ring && !it.is_released;
        let frames = self.frames.iter_mut().filter(held);
        frames.take(count).for_each(|it| it.is_released = true);
    }

    /// Writes a batch, as far as it comes.
    fn write(&mut self, script: &mut Script<'_>, log: &Path) {
        let mut text = String::new();
        if script.u8() & 1 == 1 {
            text.push_str(OTHERS);
        }
        fs::write(log, &text).expect("room");
        let counts: [usize; 3] = core::array::from_fn(|_| script.below(64));
        if counts == [0; 3] {
            return;
        }
        let mut left = counts;
        let mut batch = Vec::new();
        for frame in self.frames.iter_mut().filter(|it| !it.is_released) {
            let is_in = left[frame.ring] > 0;
            left[frame.ring] -= usize::from(is_in);
            if is_in && frame.is_wanted {
                let line = format!("{LINE} | written | n={}\n", frame.mark);
                batch.push((frame, line));
            }
        }
        let file = fs::File::open(log).expect("ours");
        let records: Vec<_> = batch
            .iter()
            .map(|(frame, line)| (number_of(frame.ring) - 1, frame.number, line.as_bytes()))
            .collect();
        self.dying.intend(&file, &records).expect("a file");
        let whole: usize = batch.iter().map(|(_, line)| line.len()).sum();
        let arrived = match script.u8() {
            it if it < 128 => whole,
            _ => script.below(whole + 1),
        };
        let mut room = arrived;
        for (frame, line) in &mut batch {
            frame.has_arrived = line.len() <= room;
            let part = line.len().min(room);
            text.push_str(&line[..part]);
            room -= part;
        }
        if script.u8() & 1 == 1 {
            // Who writes behind a line that was torn closes it.
            text.push_str(if text.ends_with('\n') || text.is_empty() {
                ""
            } else {
                "…(cut)\n"
            });
            text.push_str(OTHERS);
        }
        fs::write(log, text).expect("room");
        if arrived == whole && script.u8() & 1 == 1 {
            self.dying.settle();
            for (ring, count) in counts.into_iter().enumerate().take(script.below(4)) {
                self.release(ring, count);
            }
        }
    }

    fn end(mut self) -> Vec<Frame> {
        self.dying.die();
        for frame in &mut self.frames {
            frame.has_second_note = self.second_notes[frame.ring];
        }
        self.frames
    }
}

/// A record that is none of ours.
const OTHERS: &str = "2026-06-12T02:07:07Z | INFO | other | pid=2 | req=- | records_dropped\n";

/// The beginning of one that is.
const LINE: &str = "2026-06-12T02:07:07Z | INFO | fuzz | pid=1 | req=-";

fn number_of(index: usize) -> u32 {
    u32::try_from(index + 1).expect("few")
}

/// Nobody can foresee it, as in life: so no text looks like a frame that is due.
fn first_number(input: &[u8], ring: usize) -> u32 {
    let start = 0xcbf2_9ce4_8422_2325 ^ ring as u64;
    let sum = input.iter().fold(start, |sum, byte| {
        let mixed = (sum ^ u64::from(*byte)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed ^ mixed >> 29
    });
    let number = u32::try_from(sum >> 32).expect("half of it");
    // Every other one is followed by those behind the last that fits.
    if sum & 1 == 0 {
        u32::MAX - number % 64
    } else {
        number
    }
}
