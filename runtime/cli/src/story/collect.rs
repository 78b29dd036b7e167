//! Gathers the records of one request from all inputs, in one pass and bounded memory: only its own
//! records are kept, and those up to a limit.

use storyline::{RecordBuf, ValueBuf};

use crate::error::Error;
use crate::input::{Copies, Entry, Odd, Source, Tally, Verdict};

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
    /// Lines right behind it, in its file, that are no records.
    pub odd: Vec<Odd>,
    /// How many other files have it, too.
    pub copies: u32,
    /// Whether its line has an end. Without one its last part may be missing.
    pub is_ended: bool,
}

/// All that was found.
#[derive(Debug, Default)]
pub(super) struct Collected {
    /// In the order of time; records of the same time in the order of the files and lines.
    pub(super) told: Vec<Told>,
    /// Lines that are no records and tell of the request before any record does.
    pub(super) before: Vec<Odd>,
    pub(super) tally: Tally,
    /// Records and odd lines beyond the limits.
    pub(super) left_out: u64,
    pub(super) sources: usize,
}

/// Odd lines that are kept behind one record.
const ODD_LINES: usize = 200;

pub(super) fn collect(sources: Vec<Source>, id: &str, limits: Limits) -> Result<Collected, Error> {
    let mut all = Collected {
        sources: sources.len(),
        ..Collected::default()
    };
    let mut channels = Vec::new();
    let mut grain = 1;
    let mut bytes = 0;
    let finder = memchr::memmem::Finder::new(id.as_bytes());
    // No format escapes these characters, so a line without the id's bytes is not about it.
    let is_literal = id
        .bytes()
        .all(|it| it.is_ascii_alphanumeric() || b"._:-".contains(&it));
    for (nth, source) in sources.into_iter().enumerate() {
        let mut entries = source.into_entries()?;
        // The place of this input's last record of the request, and whether it was the last record.
        let mut last = None;
        let mut follows = false;
        let mut is_about = false;
        loop {
            let entry = entries.read_entry(|line| {
                is_about = !is_literal || finder.find(line).is_some();
                // What follows a record of the request is looked at: it may be a backtrace.
                is_about || follows
            })?;
            match entry {
                None => break,
                Some(Entry::Record(record)) => {
                    follows = record.request_id.as_deref() == Some(id);
                    if !follows {
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
                    all.told.push(Told {
                        record,
                        odd: Vec::new(),
                        copies: 0,
                        is_ended: entries.is_ended(),
                    });
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
        all.tally += entries.tally();
        grain = grain.max(entries.grain_nanos());
    }
    let mut order: Vec<_> = all.told.drain(..).zip(channels).collect();
    order.sort_by_key(|(told, _)| told.record.timestamp);
    let mut copies = Copies::within(usize::MAX);
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
