//! Gathers the records of one request from all inputs, in one pass and bounded memory: only its own
//! records are kept, up to a limit, and warnings of no request that fall into its time.

use std::collections::{HashSet, VecDeque};

use memchr::memmem::Finder;
use storyline::{Level, RecordBuf, ValueBuf};

use super::losses::Losses;
use crate::error::Error;
use crate::input::{Copies, Entry, Odd, Shape, Source, Tally, Verdict};
use crate::judge::Missing;

/// How much is kept.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Records of one story.
    pub records: usize,
    /// Bytes of text in the records of one story, roughly.
    pub bytes: usize,
    /// Requests that are grouped at a time, see [`Requests`](crate::requests::Requests).
    pub requests: usize,
    /// Whether a record that stands in two files is told twice.
    pub keep_copies: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            records: 100_000,
            bytes: 256 * 1024 * 1024,
            requests: 1_000_000,
            keep_copies: false,
        }
    }
}

/// A record of the request.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// The record.
    pub record: RecordBuf,
    /// Lines right after it, in its file, that are no records.
    pub odd: Vec<Odd>,
    /// How many other files have it, too.
    pub copies: u32,
    /// Whether its line has an end. Without one its last part may be missing.
    pub is_ended: bool,
    /// Whether it is of no request: a WARNING or worse of a service that took part, from the same
    /// time.
    pub is_beside: bool,
}

/// All that was found.
#[derive(Debug, Default)]
pub(super) struct Collected {
    /// In the order of time; records of the same time in the order of the files and lines.
    pub(super) told: Vec<Told>,
    /// Lines that are no records and tell of the request before any record does.
    pub(super) before: Vec<Odd>,
    pub(super) tally: Tally,
    pub(super) missing: Missing,
    /// Records and odd lines beyond the limits.
    pub(super) left_out: u64,
    pub(super) sources: usize,
}

/// Odd lines that are kept after one record.
const ODD_LINES: usize = 200;

/// Records of no request that are kept of one input, until it is known which services and which time
/// are told. While the request has not begun there, the oldest make room.
const BESIDE: usize = 2000;

pub(super) fn collect(sources: Vec<Source>, id: &str, limits: Limits) -> Result<Collected, Error> {
    let mut all = Collected {
        sources: sources.len(),
        ..Collected::default()
    };
    let mut channels = Vec::new();
    let mut all_beside = Vec::new();
    let mut losses = Losses::default();
    let loose = Loose::new();
    let mut grain = 1;
    let mut bytes = 0;
    let finder = Finder::new(id.as_bytes());
    // No format escapes these characters, so a line without the id's bytes is not about it.
    let is_literal = id
        .bytes()
        .all(|it| it.is_ascii_alphanumeric() || b"._:-".contains(&it));
    for (nth, source) in sources.into_iter().enumerate() {
        let mut entries = source.into_entries()?;
        // The place of this input's last record of the request, and whether it was the last record.
        let mut last = None;
        let mut has_any = false;
        let mut beside = VecDeque::new();
        let mut follows = false;
        let mut is_about = false;
        loop {
            let entry = entries.read_entry(|line| {
                is_about = !is_literal || finder.find(line).is_some();
                // What follows a record of the request is looked at: it may be a backtrace.
                // And so are lines until there is one record: is this a log at all?
                is_about || follows || !has_any || loose.may_be(line)
            })?;
            match entry {
                None => break,
                Some(Entry::Record(record)) => {
                    has_any = true;
                    follows = record.request_id.as_deref() == Some(id);
                    if !follows {
                        if record.request_id.is_none() && record.level >= Level::Warning {
                            losses.see(&record, (nth, entries.shape()));
                            let channel = (nth, entries.shape());
                            beside.push_back((told(record, entries.is_ended(), true), channel));
                        }
                        if beside.len() > BESIDE {
                            if last.is_none() {
                                beside.pop_front();
                            } else {
                                beside.pop_back();
                            }
                        }
                        continue;
                    }
                    bytes += weight(&record);
                    if all.told.len() >= limits.records || bytes > limits.bytes {
                        all.left_out += 1;
                        follows = false;
                        continue;
                    }
                    last = Some(all.told.len());
                    channels.push((nth, entries.shape()));
                    all.told.push(told(record, entries.is_ended(), false));
                }
                Some(Entry::Odd(odd)) => {
                    let is_about = odd.text.contains(id);
                    if !follows && !is_about {
                        continue;
                    }
                    let place = match last {
                        Some(last) => &mut all.told[last].odd,
                        None => &mut all.before,
                    };
                    if place.len() < ODD_LINES {
                        place.push(odd);
                    } else {
                        all.left_out += 1;
                    }
                }
            }
        }
        all_beside.extend(beside);
        all.tally += entries.tally();
        grain = grain.max(entries.grain_nanos());
    }
    all.missing = losses.missing(grain);
    keep_near(&mut all_beside, &all.told, grain);
    let deaths = losses.deaths_of(&all.told, grain).into_iter();
    all_beside.extend(deaths.map(|(record, channel)| (told(record, true, true), channel)));
    let mut order: Vec<_> = all.told.drain(..).zip(channels).collect();
    order.extend(all_beside);
    order.sort_by_key(|(told, _)| told.record.timestamp);
    let mut copies = Copies::within(usize::MAX);
    // Of equal time, those of the request first.
    for (told, channel) in order {
        let verdict = if limits.keep_copies {
            Verdict::New
        } else {
            copies.judge(&told.record, channel, grain, all.told.len())
        };
        match verdict {
            Verdict::New => all.told.push(told),
            Verdict::CopyOf(original) => {
                all.tally.copies += 1;
                join(&mut all.told[original], told);
            }
        }
    }
    Ok(all)
}

fn told(record: RecordBuf, is_ended: bool, is_beside: bool) -> Told {
    Told {
        record,
        odd: Vec::new(),
        copies: 0,
        is_ended,
        is_beside,
    }
}

/// Tells by its bytes whether a line may be a WARNING or worse of no request.
struct Loose {
    dash: Finder<'static>,
    key: Finder<'static>,
    levels: [Finder<'static>; 3],
}

impl Loose {
    fn new() -> Self {
        Self {
            dash: Finder::new("req=-"),
            key: Finder::new("\"request_id\":\""),
            levels: ["WARNING", "ERROR", "CRITICAL"].map(Finder::new),
        }
    }

    fn may_be(&self, line: &[u8]) -> bool {
        let has = |it: &Finder<'_>| it.find(line).is_some();
        let is_loose = match Shape::of(line) {
            Shape::Line => has(&self.dash),
            Shape::Json => !has(&self.key),
        };
        is_loose && self.levels.iter().any(has)
    }
}

/// Keeps what comes from a service of the request and falls into its time.
fn keep_near(beside: &mut Vec<(Told, (usize, Shape))>, told: &[Told], grain: i64) {
    let times = || told.iter().map(|it| it.record.timestamp.as_nanos());
    let (Some(first), Some(last)) = (times().min(), times().max()) else {
        beside.clear();
        return;
    };
    // A request of a coarse clock lasts to the end of its last tick.
    let last = last.saturating_add(grain - 1);
    let services: HashSet<_> = told.iter().map(|it| it.record.service.as_str()).collect();
    beside.retain(|(it, _)| {
        let at = it.record.timestamp.as_nanos();
        (first..=last).contains(&at) && services.contains(it.record.service.as_str())
    });
}

/// One text may say more than the other; what either knows is kept.
fn join(original: &mut Told, copy: Told) {
    let record = &mut original.record;
    record.trace_id = record.trace_id.take().or(copy.record.trace_id);
    record.span_id = record.span_id.take().or(copy.record.span_id);
    record.location = record.location.take().or(copy.record.location);
    record.thread = record.thread.take().or(copy.record.thread);
    original.odd.extend(copy.odd);
    original.copies += 1;
    original.is_ended |= copy.is_ended;
}

/// Roughly the memory that a record takes.
fn weight(record: &RecordBuf) -> usize {
    let fields = record.fields.iter().map(|(key, value)| {
        let text = match value {
            ValueBuf::Str(text) | ValueBuf::Json(text) | ValueBuf::Cut { text, .. } => text.len(),
            _ => 0,
        };
        key.len() + text + 64
    });
    size_of::<Told>() + record.service.len() + record.event.len() + fields.sum::<usize>()
}
