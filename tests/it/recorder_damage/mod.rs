//! Damage to what a dead process left: no panic, no hang, no heap of memory, and no record lost whose own
//! bytes were not touched.

mod bench;
mod bits;
mod cut;
mod moved;
mod size;
mod unreadable;

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::Path;

use crate::alone::SOON;
use crate::recorder_stage::{Stage, die, names_in};
use crate::stuck::Stuck;
use storyline::sink;
use storyline::{RecordBuf, ValueBuf, log_event};

/// What the numbers of records begin with, so that they are found in a file by their bytes.
const MARK: u64 = 0x5eed_cafe_0000_0000;

/// Two rings, each gone through more than once; what came last was not written.
fn leave(stage: &Stage) -> ! {
    let stuck = Stuck::later();
    let guard = stage
        .setup()
        .sink(sink::custom("stuck later", stuck.clone()))
        .sink(sink::file(stage.log()))
        .start()
        .expect("starts");
    let (main, other) = (std::sync::Barrier::new(2), std::sync::Barrier::new(2));
    let log = |from: u64, to: u64| {
        for n in from..to {
            log_event!(
                INFO,
                "step",
                n = MARK + n,
                filling = "some text to fill the ring with"
            );
            if n % 3 == 0 {
                log_event!(WARNING, "aside", "{n} of them", n = MARK + (1 << 20) + n);
            }
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(|| {
            log(10_000, 12_000);
            main.wait();
            other.wait();
            log(12_000, 12_100);
            main.wait();
            other.wait();
        });
        log(0, 1_500);
        main.wait();
        guard.flush(SOON).expect("written");
        stuck.stand();
        other.wait();
        log(1_500, 1_560);
        main.wait();
        die();
    });
    die()
}

/// What was left: files by name, and where in which of them the record of a number lies.
struct Left {
    files: BTreeMap<String, Vec<u8>>,
    frames: BTreeMap<u64, (String, Range<usize>)>,
}

impl Left {
    fn read(stage: &Stage) -> Self {
        let read = |name: String| {
            let bytes = fs::read(stage.recorder().join(&name)).expect("readable");
            (name, bytes)
        };
        let files: BTreeMap<_, _> = names_in(&stage.recorder()).into_iter().map(read).collect();
        let mut frames = BTreeMap::new();
        let base = [12_000_u64..12_100, 1_500..1_560].into_iter().flatten();
        let aside = base.clone().filter(|n| n % 3 == 0).map(|n| n + (1 << 20));
        for n in base.chain(aside) {
            let value = (MARK + n).to_le_bytes();
            let found = files
                .iter()
                .filter(|it| is(it.0, "ring"))
                .find_map(|(name, bytes)| {
                    let at = bytes.windows(8).position(|it| it == value)?;
                    Some((name.clone(), at, bytes))
                });
            let (name, at, bytes) = found.unwrap_or_else(|| panic!("{n} is in no ring"));
            // Length and number, the header, and the value's tag stand in front.
            let start = at - 25;
            assert_eq!(start % 8, 0, "frames begin at whole words");
            let len = u32::from_le_bytes(bytes[start..start + 4].try_into().expect("four"));
            let end = start + usize::try_from(len).expect("short");
            frames.insert(n, (name, start..end));
        }
        Self { files, frames }
    }

    /// The name of the first file of a kind.
    fn first(&self, ending: &str) -> &str {
        self.files
            .keys()
            .find(|it| is(it, ending))
            .expect("one of each kind")
    }
}

fn is(name: &str, ending: &str) -> bool {
    Path::new(name).extension().is_some_and(|it| it == ending)
}

fn number_of(record: &RecordBuf) -> Option<u64> {
    let value = record.field("n").or_else(|| record.field("value_1"))?;
    match value {
        ValueBuf::UInt(it) => it.checked_sub(MARK),
        ValueBuf::Int(it) => u64::try_from(*it).ok()?.checked_sub(MARK),
        _ => None,
    }
}
