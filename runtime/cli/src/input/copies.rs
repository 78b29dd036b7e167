//! Recognises a record that stands in two files.
//!
//! A process often writes the same records to a line file and to a JSON file, and both are given to
//! the tool. Two records are copies when they come from different channels (another input, or the
//! same input in another shape) and agree in service, pid, level, request id, event, all fields and
//! the timestamp, as far as the coarser of the two files writes it. What only one text carries
//! (code location, thread, trace and span id, the mark `recovered`) is not compared.
//!
//! Within one channel nothing is a copy: a process may well say the same thing twice in a
//! millisecond. So occurrences are counted: what one channel holds three times and another twice is
//! told three times.

use std::collections::{HashMap, VecDeque};
use std::hash::{BuildHasher, Hash, Hasher, RandomState};

use storyline::{RecordBuf, ValueBuf};

use super::entries::Shape;

/// How many different records back a copy is still recognised when a stream is read.
pub const WINDOW: usize = 131_072;

/// How many records that do not differ in anything are paired with their copies.
const MOST_ALIKE: usize = 65_536;

/// Where a record came from: the input's number and the shape of its text.
pub type Channel = (usize, Shape);

/// Remembers records, the newest [`WINDOW`] of them or all.
#[derive(Debug)]
pub struct Copies {
    hasher: RandomState,
    /// The only channel so far, and its records' prints and numbers. Within one channel nothing is a
    /// copy, so until a second one comes, nothing is looked up: that is half the time of `stats`.
    alone: Option<(Channel, VecDeque<(u64, usize)>)>,
    seen: HashMap<u64, Seen>,
    order: VecDeque<u64>,
    window: usize,
}

/// Most records are seen once in each of two channels; that much is held without a box.
#[derive(Debug)]
struct Seen {
    channel: Channel,
    nth: u32,
    first: usize,
    more: Option<Box<More>>,
}

/// Other channels and how often each had it; the numbers of the second and later ones told.
#[derive(Debug, Default)]
struct More {
    by_channel: Vec<(Channel, u32)>,
    told: Vec<usize>,
}

impl Seen {
    /// Counts one more in this channel: how many that makes.
    fn count(&mut self, channel: Channel) -> usize {
        let nth = if self.channel == channel {
            &mut self.nth
        } else {
            let more = self.more.get_or_insert_default();
            let place = more.by_channel.iter().position(|(it, _)| *it == channel);
            let place = place.unwrap_or_else(|| {
                more.by_channel.push((channel, 0));
                more.by_channel.len() - 1
            });
            &mut more.by_channel[place].1
        };
        *nth += 1;
        *nth as usize
    }
}

/// What a record is to those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The first of its kind.
    New,
    /// Another channel's copy of the record that was seen with this number.
    CopyOf(usize),
}

impl Copies {
    /// Remembers the newest `window` different records.
    pub fn within(window: usize) -> Self {
        Self {
            hasher: RandomState::new(),
            alone: None,
            seen: HashMap::new(),
            order: VecDeque::new(),
            window: window.max(1),
        }
    }

    /// Judges `record`, which gets the number `index` when it is new. `grain_nanos` is the unit of
    /// the coarsest timestamp among the inputs.
    pub fn judge(
        &mut self,
        record: &RecordBuf,
        channel: Channel,
        grain_nanos: i64,
        index: usize,
    ) -> Verdict {
        let print = self.fingerprint(record, grain_nanos);
        if self.seen.is_empty() {
            let (only, waiting) = self.alone.get_or_insert_with(|| (channel, VecDeque::new()));
            if *only == channel {
                if waiting.len() >= self.window {
                    waiting.pop_front();
                }
                waiting.push_back((print, index));
                return Verdict::New;
            }
        }
        if let Some((only, waiting)) = self.alone.take() {
            for (print, index) in waiting {
                self.judge_print(print, only, index);
            }
        }
        self.judge_print(print, channel, index)
    }

    fn judge_print(&mut self, print: u64, channel: Channel, index: usize) -> Verdict {
        if !self.seen.contains_key(&print) {
            if self.order.len() >= self.window
                && let Some(oldest) = self.order.pop_front()
            {
                self.seen.remove(&oldest);
            }
            self.order.push_back(print);
        }
        let seen = self.seen.entry(print).or_insert(Seen {
            channel,
            nth: 0,
            first: index,
            more: None,
        });
        let is_first = seen.nth == 0;
        let told = match seen.count(channel) {
            1 if is_first => return Verdict::New,
            1 => return Verdict::CopyOf(seen.first),
            nth => nth - 2,
        };
        let more = seen.more.get_or_insert_default();
        if let Some(&original) = more.told.get(told) {
            return Verdict::CopyOf(original);
        }
        // The same words for ever within one grain of time shall not fill the memory.
        if more.told.len() < MOST_ALIKE {
            more.told.push(index);
        }
        Verdict::New
    }

    fn fingerprint(&self, record: &RecordBuf, grain_nanos: i64) -> u64 {
        let mut state = self.hasher.build_hasher();
        record
            .timestamp
            .as_nanos()
            .div_euclid(grain_nanos.max(1))
            .hash(&mut state);
        record.level.hash(&mut state);
        record.service.hash(&mut state);
        record.pid.hash(&mut state);
        record.request_id.hash(&mut state);
        record.event.hash(&mut state);
        for (key, value) in &record.fields {
            if key == "recovered" {
                continue;
            }
            key.hash(&mut state);
            hash_value(value, &mut state);
        }
        state.finish()
    }
}

/// Numbers by what they are worth, so that `3` and `3.0` agree; everything else by its text.
fn hash_value(value: &ValueBuf, state: &mut impl Hasher) {
    match value {
        ValueBuf::None => 0_u8.hash(state),
        ValueBuf::Bool(it) => (1_u8, it).hash(state),
        ValueBuf::Int(it) => (2_u8, i128::from(*it)).hash(state),
        ValueBuf::UInt(it) => (2_u8, i128::from(*it)).hash(state),
        ValueBuf::BigInt(it) => (2_u8, it).hash(state),
        ValueBuf::Float(it) | ValueBuf::Millis(it) => hash_float(*it, state),
        ValueBuf::Float32(it) => hash_float(f64::from(*it), state),
        ValueBuf::Str(it) => (3_u8, it).hash(state),
        ValueBuf::Json(it) => (4_u8, it).hash(state),
        other => (5_u8, format!("{other:?}")).hash(state),
    }
}

fn hash_float(it: f64, state: &mut impl Hasher) {
    // Whole numbers that a float holds exactly.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if it.fract() == 0.0 && it.abs() < EXACT {
        #[expect(clippy::cast_possible_truncation, reason = "whole and below 2^53")]
        let whole = it as i64;
        (2_u8, i128::from(whole)).hash(state);
    } else {
        (6_u8, it.to_bits()).hash(state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::record;

    const LINES: Channel = (0, Shape::Line);
    const JSON: Channel = (1, Shape::Json);
    const MS: i64 = 1_000_000;

    #[test]
    fn the_same_record_in_another_file_is_a_copy_of_the_first() {
        let mut copies = Copies::within(10);
        let coarse = record(5_000_000, "retry", &[("n", ValueBuf::Int(3))]);
        let fine = record(5_123_456, "retry", &[("n", ValueBuf::Float(3.0))]);
        assert_eq!(copies.judge(&coarse, LINES, MS, 7), Verdict::New);
        assert_eq!(copies.judge(&fine, JSON, MS, 8), Verdict::CopyOf(7));
        assert_eq!(copies.judge(&fine, JSON, 1, 9), Verdict::New);
    }

    #[test]
    fn twice_in_one_file_is_twice() {
        let mut copies = Copies::within(10);
        let tick = record(0, "tick", &[]);
        assert_eq!(copies.judge(&tick, LINES, MS, 0), Verdict::New);
        assert_eq!(copies.judge(&tick, LINES, MS, 1), Verdict::New);
        assert_eq!(copies.judge(&tick, JSON, MS, 2), Verdict::CopyOf(0));
        assert_eq!(copies.judge(&tick, JSON, MS, 3), Verdict::CopyOf(1));
        assert_eq!(copies.judge(&tick, JSON, MS, 4), Verdict::New);
    }

    #[test]
    fn what_is_beyond_the_window_is_forgotten() {
        let mut copies = Copies::within(2);
        for (nth, event) in ["a", "b", "c"].into_iter().enumerate() {
            copies.judge(&record(0, event, &[]), LINES, MS, nth);
        }
        assert_eq!(
            copies.judge(&record(0, "a", &[]), JSON, MS, 3),
            Verdict::New
        );
        assert_eq!(
            copies.judge(&record(0, "c", &[]), JSON, MS, 4),
            Verdict::CopyOf(2)
        );
        assert_eq!(copies.seen.len(), 2);
        let alone = copies.judge(&record(0, "d", &[]), JSON, MS, 5);
        assert_eq!(alone, Verdict::New);
    }

    #[test]
    fn a_channel_that_was_alone_for_long_is_remembered_within_the_window() {
        let mut copies = Copies::within(3);
        for nth in 0..10 {
            let tick = record(i64::try_from(nth).expect("small") * MS, "tick", &[]);
            assert_eq!(copies.judge(&tick, LINES, MS, nth), Verdict::New);
        }
        assert!(copies.seen.is_empty());
        let again = |nth: i64| record(nth * MS, "tick", &[]);
        assert_eq!(copies.judge(&again(9), JSON, MS, 10), Verdict::CopyOf(9));
        assert_eq!(copies.judge(&again(8), JSON, MS, 11), Verdict::CopyOf(8));
        assert_eq!(copies.judge(&again(2), JSON, MS, 12), Verdict::New);
    }
}
