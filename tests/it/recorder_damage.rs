//! Damage to what a dead process left: no panic, no hang, no heap of memory, and no record lost whose own
//! bytes were not touched.

use core::slice::from_ref;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::ops::Range;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

use crate::alone::{SOON, say};
use crate::ledger::records_with_cuts;
use crate::recorder_stage::{Stage, die, end_of, names_in, stage};
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

/// A generator that gives the same everywhere.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).expect("64 bits") % end.max(1)
    }
}

struct Bench<'s> {
    stage: &'s Stage,
    left: Left,
    cases: u32,
    wrong: Vec<String>,
}

impl Bench<'_> {
    /// One case: this file is this instead, `touched` says where it differs.
    fn case(&mut self, what: &str, name: &str, bytes: Option<&[u8]>, touched: &[Range<usize>]) {
        self.cases += 1;
        let at = self.stage.join("case");
        let _ = fs::remove_dir_all(&at);
        fs::create_dir(&at).expect("made");
        fs::set_permissions(&at, fs::Permissions::from_mode(0o700)).expect("ours");
        for (each, whole) in &self.left.files {
            let content = if each == name {
                bytes
            } else {
                Some(&whole[..])
            };
            if let Some(content) = content {
                let mut file = fs::File::options();
                let file = file.write(true).create_new(true).mode(0o600);
                let file = file.open(at.join(each)).expect("made");
                (&file).write_all(content).expect("written");
            }
        }
        fs::write(self.stage.log(), "").expect("written");
        let recovery = storyline::recover(&at).expect("ours");
        let mut seen = BTreeMap::new();
        for record in records_with_cuts(self.stage.log(), 0) {
            if let Some(n) = number_of(&record) {
                *seen.entry(n).or_insert(0) += 1;
            }
        }
        // Where all control words of a ring are gone, nobody knows which of its frames were released.
        let controls = is(name, "ring")
            && touched
                .iter()
                .any(|it| it.start <= 3_840 && it.end >= 4_096);
        let lost = self.left.frames.iter().filter(|(n, (ring, place))| {
            let is_touched = ring == name
                && (bytes.is_none()
                    || controls
                    || touched
                        .iter()
                        .any(|it| it.start < place.end && place.start < it.end));
            !is_touched && !seen.contains_key(*n)
        });
        let lost = lost.count();
        // A number that was changed may be another one's.
        let is_hit = |(ring, place): &(String, Range<usize>)| {
            ring == name
                && touched
                    .iter()
                    .any(|it| it.start < place.end && place.start < it.end)
        };
        let doubled = if self.left.frames.values().any(is_hit) {
            0
        } else {
            seen.values().filter(|it| **it > 1).count()
        };
        if lost > 0 || doubled > 0 {
            let done: Vec<_> = recovery
                .processes
                .iter()
                .map(|it| (it.is_done, it.damaged))
                .collect();
            let problems = recovery.problems.len();
            self.wrong.push(format!(
                "{what}: {lost} lost, {doubled} doubled; done and damaged {done:?}, {problems} problems"
            ));
        }
    }

    fn changed(
        &mut self,
        what: &str,
        name: &str,
        touched: &[Range<usize>],
        change: impl FnOnce(&mut [u8]),
    ) {
        let mut bytes = self.left.files[name].clone();
        change(&mut bytes);
        let what = format!("{what} of {}", &name[17.min(name.len())..]);
        self.case(&what, name, Some(&bytes), touched);
    }

    fn flip(&mut self, name: &str, bit: usize) {
        let byte = bit / 8;
        self.changed(
            &format!("bit {bit} (byte {byte})"),
            name,
            from_ref(&(byte..byte + 1)),
            |it| {
                it[byte] ^= 1 << (bit % 8);
            },
        );
    }

    fn end(self) {
        say(&format!("{} cases", self.cases));
        let few: Vec<_> = self.wrong.iter().take(40).cloned().collect();
        assert!(
            few.is_empty(),
            "{} of {} cases:\n{}",
            self.wrong.len(),
            self.cases,
            few.join("\n")
        );
    }
}

fn number_of(record: &RecordBuf) -> Option<u64> {
    let value = record.field("n").or_else(|| record.field("value_1"))?;
    match value {
        ValueBuf::UInt(it) => it.checked_sub(MARK),
        ValueBuf::Int(it) => u64::try_from(*it).ok()?.checked_sub(MARK),
        _ => None,
    }
}

/// Has a process die here, and examines what it left in another one.
fn examine(stage: &Stage, role: &str, act: impl FnOnce(&mut Bench<'_>)) {
    stage.role("dies", |stage| leave(stage));
    stage.role(role, |stage| {
        let left = Left::read(stage);
        let mut bench = Bench {
            stage,
            left,
            cases: 0,
            wrong: Vec::new(),
        };
        let name = bench.left.first("head").to_owned();
        let whole = bench.left.files[&name].clone();
        bench.case("nothing", &name, Some(&whole), &[]);
        act(&mut bench);
        bench.end();
    });
    stage.kill("dies");
    let output = end_of(stage.start(role));
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{text}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let cases = text.lines().filter(|it| it.ends_with(" cases"));
    cases.for_each(say);
}

#[test]
fn no_flipped_bit_costs_more_than_its_record() {
    let stage = stage!(no_flipped_bit_costs_more_than_its_record);
    // All of them take minutes.
    let all = std::env::var_os("STORYLINE_ALL_DAMAGE").is_some();
    let (stride, samples) = if all { (1, 5_000) } else { (29, 150) };
    examine(&stage, "flips bits", move |bench| {
        let [head, sites, ring] =
            ["head", "sites", "ring"].map(|it| bench.left.first(it).to_owned());
        for (name, places) in [
            (
                &head,
                &[
                    0..160,
                    8_192..8_256,
                    16_384..16_512,
                    18_432..18_448,
                    20_480..20_640,
                ][..],
            ),
            (
                &sites,
                &[
                    0..64,
                    512..576,
                    1_024..1_224,
                    1_024 + (256 << 10)..1_096 + (256 << 10),
                ][..],
            ),
            (&ring, &[0..96, 512..560, 1_024..1_040, 3_840..4_096][..]),
        ] {
            for bit in places
                .iter()
                .flat_map(|it| it.start * 8..it.end * 8)
                .step_by(stride)
            {
                bench.flip(name, bit);
            }
        }
        // The threshold of the first site, in both copies.
        for byte in [1_024, 1_024 + (256 << 10)] {
            (byte * 8..byte * 8 + 64).for_each(|bit| bench.flip(&sites, bit));
        }
        let mut dice = Dice(0x1234_5678_9abc_def1);
        for _ in 0..samples {
            for name in [&head, &sites, &ring] {
                let bits = bench.left.files[name].len() * 8;
                bench.flip(name, dice.below(bits));
            }
        }
    });
}

#[test]
fn no_lost_or_moved_line_costs_more_than_the_records_on_it() {
    let stage = stage!(no_lost_or_moved_line_costs_more_than_the_records_on_it);
    examine(&stage, "moves lines", |bench| {
        let mut dice = Dice(0x9abc_def1_2345_6789);
        let names: Vec<_> = bench.left.files.keys().cloned().collect();
        for name in names {
            let lines = bench.left.files[&name].len() / 64;
            let early = (0..80.min(lines)).chain((80..lines).step_by(if is(&name, "ring") {
                3
            } else {
                41
            }));
            for line in early {
                let one = line * 64..line * 64 + 64;
                let filling = if line % 2 == 0 { 0 } else { 0xff };
                bench.changed(
                    &format!("line {line} filled with {filling}"),
                    &name,
                    std::slice::from_ref(&one),
                    |it| {
                        it[one.clone()].fill(filling);
                    },
                );
                let other = dice.below(lines) * 64;
                // Both copies of who it was are gone then.
                let is_fatal = is(&name, "head") && line < 8 && other / 64 / 8 == 16;
                if other != one.start && !is_fatal {
                    let touched = [one.clone(), other..other + 64];
                    bench.changed(
                        &format!("lines {line} and {} swapped", other / 64),
                        &name,
                        &touched,
                        |it| {
                            for at in 0..64 {
                                it.swap(one.start + at, other + at);
                            }
                        },
                    );
                }
            }
        }
    });
}

#[test]
fn files_that_are_cut_or_garbage_cost_what_is_missing() {
    let stage = stage!(files_that_are_cut_or_garbage_cost_what_is_missing);
    examine(&stage, "cuts files", |bench| {
        let mut dice = Dice(0xdef1_2345_6789_abcd);
        let names: Vec<_> = bench.left.files.keys().cloned().collect();
        for name in &names {
            let whole = bench.left.files[name].clone();
            // A head says who it was in its first bytes, and again behind 8 KiB.
            let block = u64::from_le_bytes(whole[..8].try_into().expect("eight"));
            let least = if is(name, "head") {
                16 + usize::try_from(block).expect("short")
            } else {
                0
            };
            let edges = [1_024, 3_840, 4_096, 8_192, 16_384, 20_480]
                .into_iter()
                .flat_map(|it| it - 9..it + 9);
            let lens = (least..least + 40)
                .chain(edges)
                .chain((0..whole.len()).step_by(1_531));
            for len in lens.filter(|len| (least..whole.len()).contains(len)) {
                let what = format!("the first {len} bytes of {}", &name[17..]);
                bench.case(
                    &what,
                    name,
                    Some(&whole[..len]),
                    from_ref(&(len..usize::MAX)),
                );
            }
            let longer = [&whole[..], &vec![0x5a; 300_000]].concat();
            bench.case(
                &format!("{} made longer", &name[17..]),
                name,
                Some(&longer),
                &[],
            );
            for _ in 0..60 {
                let start = dice.below(whole.len() - least) + least;
                let end = (start + 1 + dice.below(5_000)).min(whole.len());
                let filling: Vec<_> = (start..end)
                    .map(|_| dice.below(256).to_le_bytes()[0])
                    .collect();
                bench.changed(
                    &format!("bytes {start}..{end} made garbage"),
                    name,
                    from_ref(&(start..end)),
                    |it| {
                        it[start..end].copy_from_slice(&filling);
                    },
                );
            }
            if !is(name, "head") {
                bench.case(&format!("no {}", &name[17..]), name, None, &[]);
                let garbage: Vec<_> = (0..whole.len())
                    .map(|_| dice.below(256).to_le_bytes()[0])
                    .collect();
                bench.case(
                    &format!("garbage for {}", &name[17..]),
                    name,
                    Some(&garbage),
                    from_ref(&(0..usize::MAX)),
                );
            }
        }
    });
}

/// Whose head cannot be read is not lost without a word.
#[test]
fn what_nobody_can_read_is_told_and_kept() {
    let stage = stage!(what_nobody_can_read_is_told_and_kept);
    stage.role("dies", |stage| leave(stage));
    stage.kill("dies");
    let left = Left::read(&stage);
    let name = left.first("head");
    let head = stage.recorder().join(name);
    let mut zeroed = left.files[name].clone();
    zeroed[..16 << 10].fill(0);
    let mut damaged = left.files[name].clone();
    for at in [20, 8_192 + 20] {
        damaged[at] ^= 1;
    }
    let cases = [
        ("nothing", Vec::new()),
        ("ten bytes", left.files[name][..10].to_vec()),
        ("zeros", zeroed),
        ("damage", damaged),
    ];
    for (what, bytes) in cases {
        fs::write(&head, bytes).expect("written");
        let recovery = stage.recover();
        assert!(recovery.processes.is_empty(), "{what}: {recovery:?}");
        assert_eq!(recovery.problems.len(), 1, "{what}: {recovery:?}");
        assert!(recovery.problems[0].contains(name), "{what}: {recovery:?}");
        assert_eq!(stage.left().len(), left.files.len(), "{what}");
    }
}

fn status(key: &str) -> u64 {
    let text = fs::read_to_string("/proc/self/status").expect("linux");
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix(key))
        .expect("linux");
    let number = line.trim_matches(|it: char| !it.is_ascii_digit());
    number.parse().expect("KiB")
}

#[test]
fn files_of_a_wrong_size_take_no_heap_of_memory() {
    let stage = stage!(files_of_a_wrong_size_take_no_heap_of_memory);
    stage.role("dies", |stage| leave(stage));
    stage.role("recovers", |stage| {
        let before = status("VmHWM:");
        let _ = stage.recover();
        let more = (status("VmHWM:") - before) / 1_024;
        assert!(more < 64, "{more} MiB");
    });
    for ending in ["ring", "sites", "head"] {
        stage.kill("dies");
        let left = Left::read(&stage);
        let path = stage.recorder().join(left.first(ending));
        let file = fs::File::options().write(true).open(path).expect("there");
        file.set_len(800 << 20).expect("sparse");
        let output = end_of(stage.start("recovers"));
        assert!(
            output.status.success(),
            "{ending}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        if ending != "head" {
            let seen = records_with_cuts(stage.log(), 0);
            let seen: Vec<_> = seen.iter().filter_map(number_of).collect();
            assert!(left.frames.keys().all(|it| seen.contains(it)), "{ending}");
        }
        let _ = fs::remove_dir_all(stage.recorder());
        fs::write(stage.log(), "").expect("written");
    }
}
