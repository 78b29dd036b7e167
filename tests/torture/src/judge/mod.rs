//! Reads a log after the deaths of its writers, and holds it against what they knew to be logged: every
//! acknowledged record is there once, unchanged and in order; nothing is there that nobody logged.

use core::fmt;
use std::collections::BTreeMap;

use storyline::parse::parse;
use storyline::{RecordBuf, ValueBuf};

use crate::step::Step;

/// One victim: what it was and what it knew.
#[derive(Clone, Debug)]
pub struct Life {
    /// Its seed; no two victims of one log have the same.
    pub seed: u64,
    /// For each thread the number of the last record whose call returned.
    pub acknowledged: Vec<u64>,
}

/// What a log holds that passed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Records of victims.
    pub records: u64,
    /// Of those, written by a later process.
    pub recovered: u64,
    /// Of those, whose call had not returned.
    pub in_flight: u64,
    /// Lines that a death has cut, closed and marked.
    pub cut: u64,
    /// Records of the runtime about itself, by event.
    pub own: BTreeMap<String, u64>,
    /// What `process_died` says was recovered, all together.
    pub told: u64,
    /// What `process_died` says was damaged, all together.
    pub damaged: u64,
}

/// What is wrong with a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faults(pub Vec<String>);

/// So many are told.
const MOST: usize = 12;

/// Events that the runtime writes by itself, and the one that the last process logs.
const OWN: [&str; 7] = [
    "restarted",
    "process_died",
    "records_dropped",
    "recorder_moved",
    "recorder_unavailable",
    "recovery_incomplete",
    "panic",
];

const MARK: &str = "…(cut)";

/// Judges a log that these victims have written, of which so many were killed.
///
/// # Errors
///
/// Says what is missing, there twice, changed, out of order, invented, or torn.
pub fn judge(log: &[u8], lives: &[Life], kills: u64) -> Result<Verdict, Faults> {
    let mut court = Court::new(lives);
    if log.last().is_some_and(|last| *last != b'\n') {
        court.fault("the log does not end with a line".to_owned());
    }
    for (number, line) in log.split_inclusive(|byte| *byte == b'\n').enumerate() {
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        court.hear(number + 1, line);
    }
    if court.verdict.cut > kills {
        let cut = court.verdict.cut;
        court.fault(format!(
            "{cut} lines are cut, and {kills} processes were killed"
        ));
    }
    court.close();
    if court.faults.is_empty() {
        Ok(court.verdict)
    } else {
        Err(Faults(court.faults))
    }
}

/// One thread of one victim, while the log is read.
#[derive(Debug)]
struct Witness {
    acknowledged: u64,
    /// Which of the acknowledged ones were seen, the first being number one.
    seen: Vec<bool>,
    in_flight: bool,
    last: u64,
}

#[derive(Debug)]
struct Court {
    witnesses: BTreeMap<(u64, u64), Witness>,
    verdict: Verdict,
    faults: Vec<String>,
    more: usize,
}

impl Court {
    fn new(lives: &[Life]) -> Self {
        let mut witnesses = BTreeMap::new();
        for life in lives {
            for (thread, &acknowledged) in (0..).zip(&life.acknowledged) {
                let seen = vec![false; usize::try_from(acknowledged).unwrap_or(usize::MAX)];
                let witness = Witness {
                    acknowledged,
                    seen,
                    in_flight: false,
                    last: 0,
                };
                witnesses.insert((life.seed, thread), witness);
            }
        }
        Self {
            witnesses,
            verdict: Verdict::default(),
            faults: Vec::new(),
            more: 0,
        }
    }

    fn fault(&mut self, what: String) {
        if self.faults.len() < MOST {
            self.faults.push(what);
        } else {
            self.more += 1;
        }
    }

    fn hear(&mut self, number: usize, line: &[u8]) {
        let text = String::from_utf8_lossy(line);
        match parse(&text) {
            Ok(record) if record.event == "step" => self.hear_step(number, &record),
            Ok(record) if OWN.contains(&record.event.as_str()) => self.hear_own(&record),
            Ok(record) => self.fault(format!("line {number}: nobody logged `{}`", record.event)),
            Err(_) if text.ends_with(MARK) => self.verdict.cut += 1,
            Err(error) => self.fault(format!("line {number} is torn: {error}: {text}")),
        }
    }

    fn hear_own(&mut self, record: &RecordBuf) {
        let count = |key| match record.field(key) {
            Some(ValueBuf::Int(it)) => u64::try_from(*it).unwrap_or(0),
            Some(ValueBuf::UInt(it)) => *it,
            _ => 0,
        };
        if record.event == "process_died" {
            self.verdict.told += count("records");
            self.verdict.damaged += count("damaged") + count("damaged_rings");
        }
        *self.verdict.own.entry(record.event.clone()).or_default() += 1;
    }

    fn hear_step(&mut self, number: usize, record: &RecordBuf) {
        let at = format!("line {number}");
        let Some((seed, thread, seq)) = Step::origin(record) else {
            return self.fault(format!("{at}: no seed, thread and number"));
        };
        let name = format!("{at}: seed {seed} thread {thread} number {seq}");
        let Some(witness) = self.witnesses.get_mut(&(seed, thread)) else {
            return self.fault(format!("{name}: nobody logged it"));
        };
        let is_known = (1..=witness.acknowledged + 1).contains(&seq);
        let is_in_order = seq > witness.last;
        let acknowledged = usize::try_from(seq)
            .ok()
            .and_then(|seq| witness.seen.get_mut(seq.wrapping_sub(1)));
        let is_first = !std::mem::replace(acknowledged.unwrap_or(&mut witness.in_flight), true);
        let (last, acknowledged) = (witness.last, witness.acknowledged);
        witness.last = last.max(seq);
        if !is_known {
            return self.fault(format!(
                "{name}: invented, the last one acknowledged is {acknowledged}"
            ));
        }
        if !is_first {
            return self.fault(format!("{name}: there twice"));
        }
        if !is_in_order {
            self.fault(format!("{name}: behind number {last}"));
        }
        if let Err(difference) = Step::of(seed, thread, seq).compare(record) {
            self.fault(format!("{name}: changed: {difference}"));
        }
        self.verdict.records += 1;
        self.verdict.in_flight += u64::from(seq > acknowledged);
        self.verdict.recovered +=
            u64::from(record.field("recovered") == Some(&ValueBuf::Bool(true)));
    }

    fn close(&mut self) {
        let mut missing = Vec::new();
        for ((seed, thread), witness) in &self.witnesses {
            let gaps: Vec<_> = (1..)
                .zip(&witness.seen)
                .filter(|(_, seen)| !**seen)
                .map(|(seq, _)| seq)
                .collect();
            if let (Some(first), Some(last)) = (gaps.first(), gaps.last()) {
                missing.push(format!(
                    "seed {seed} thread {thread}: {} records missing, from {first} to {last} of {} acknowledged",
                    gaps.len(),
                    witness.acknowledged
                ));
            }
        }
        for what in missing {
            self.fault(what);
        }
        if self.more > 0 {
            self.faults.push(format!("and {} more", self.more));
        }
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|fault| writeln!(f, "  {fault}"))
    }
}

#[cfg(test)]
mod tests;
