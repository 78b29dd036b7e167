//! What a log says of itself: whole records, and the losses that it tells. Tests of faults compare it
//! with what they have logged.

use std::path::Path;

use crate::alone::lines;
use storyline::{Level, Reason, RecordBuf, SinkCounters, ValueBuf};

/// What closes a line that was cut by a death.
pub(crate) const CUT: &str = "…(cut)";

/// All records of a log, in lines or JSON. A torn one fails.
pub(crate) fn records(path: impl AsRef<Path>) -> Vec<RecordBuf> {
    lines(path).iter().map(|line| record(line)).collect()
}

/// The records of a log whose writer died; lines that were cut must say so, and there may be at most so many.
pub(crate) fn records_with_cuts(path: impl AsRef<Path>, most_cut: usize) -> Vec<RecordBuf> {
    let Ok(bytes) = std::fs::read(path) else {
        return Vec::new();
    };
    // A cut may lie inside a character.
    let text = String::from_utf8_lossy(&bytes);
    let (cut, whole): (Vec<_>, Vec<_>) = text.lines().partition(|line| line.ends_with(CUT));
    assert!(cut.len() <= most_cut, "{} lines are cut", cut.len());
    whole.into_iter().map(record).collect()
}

/// The record that a line is.
pub(crate) fn record(line: &str) -> RecordBuf {
    storyline::parse::parse(line).unwrap_or_else(|error| panic!("not a record: {error}: {line}"))
}

/// A field that is a count.
pub(crate) fn number(record: &RecordBuf, key: &str) -> u64 {
    match record.field(key) {
        Some(&ValueBuf::UInt(number)) => number,
        Some(&ValueBuf::Int(number)) => u64::try_from(number).expect("a count"),
        other => panic!("`{key}` is {other:?} in {record:?}"),
    }
}

/// A field that is text.
pub(crate) fn text<'a>(record: &'a RecordBuf, key: &str) -> &'a str {
    match record.field(key) {
        Some(ValueBuf::Str(text)) => text,
        other => panic!("`{key}` is {other:?} in {record:?}"),
    }
}

/// A process that died has left it.
pub(crate) fn is_recovered(record: &RecordBuf) -> bool {
    record.field("recovered") == Some(&ValueBuf::Bool(true))
}

/// How many records of this event there are.
pub(crate) fn count(records: &[RecordBuf], event: &str) -> usize {
    records.iter().filter(|it| it.event == event).count()
}

/// The `n` of every record of this event, in the order of the log.
pub(crate) fn numbers(records: &[RecordBuf], event: &str) -> Vec<u64> {
    let wanted = records.iter().filter(|record| record.event == event);
    wanted.map(|record| number(record, "n")).collect()
}

/// How many records these reports say are missing at `sink` for `reason`.
pub(crate) fn told(records: &[RecordBuf], sink: &str, reason: Reason) -> u64 {
    let reports = records.iter().filter(|record| {
        record.event == "records_dropped"
            && record.level == Level::Warning
            && text(record, "sink") == sink
            && text(record, "reason") == reason.name()
    });
    reports.map(|record| number(record, "count")).sum()
}

/// The counters of a sink, which add up.
pub(crate) fn sink_counters(name: &str) -> SinkCounters {
    let counters = storyline::counters();
    let sink = counters.sink(name).cloned();
    let sink = sink.unwrap_or_else(|| panic!("no sink `{name}` in {counters}"));
    let known = sink.pending + sink.written + sink.dropped_total();
    assert_eq!(sink.accepted, known, "{sink}");
    sink
}

/// One of the counts of what was lost.
pub(crate) fn dropped(counts: &[(Reason, u64)], reason: Reason) -> u64 {
    let count = counts.iter().find(|it| it.0 == reason);
    count.map_or(0, |it| it.1)
}
