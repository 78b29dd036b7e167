//! Many cases of damage to what one process left: what each of them costs is compared with what it touched.

use core::slice::from_ref;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::ops::Range;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};

use super::{Left, is, leave, number_of};
use crate::alone::say;
use crate::ledger::records_with_cuts;
use crate::recorder_stage::{Stage, end_of};

/// A generator that gives the same everywhere.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).expect("64 bits") % end.max(1)
    }
}

pub(super) struct Bench<'s> {
    stage: &'s Stage,
    pub(super) left: Left,
    cases: u32,
    wrong: Vec<String>,
}

impl Bench<'_> {
    /// One case: this file is this instead, `touched` says where it differs.
    pub(super) fn case(
        &mut self,
        what: &str,
        name: &str,
        bytes: Option<&[u8]>,
        touched: &[Range<usize>],
    ) {
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

    pub(super) fn changed(
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

    pub(super) fn flip(&mut self, name: &str, bit: usize) {
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

/// Has a process die here, and examines what it left in another one.
pub(super) fn examine(stage: &Stage, role: &str, act: impl FnOnce(&mut Bench<'_>)) {
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
