//! From an encoded record to a [`Record`]: where the wire, the site and the process meet. Cold.

use crate::clock::Calibration;
use crate::format;
use crate::level::Level;
use crate::record::{Fields, Location, Record};
use crate::site::Meta;
use crate::value::Value;
use crate::wire::{ContextView, Groups, Header, SpreadField, WireFields, spread};

/// Who made a record.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Source<'a> {
    pub(crate) service: &'a str,
    pub(crate) pid: u32,
    pub(crate) thread: &'a str,
}

/// What the texts of records are written into; reused from record to record.
#[derive(Debug, Default)]
pub(crate) struct Desk {
    /// The text of a template.
    message: String,
}

/// Reads a payload of the site with this description. `groups` knows the keys of the sites that stand inside of
/// records, and `entries` gets the fields of one that has any. None when the bytes are no record.
pub(crate) fn assemble<'a>(
    payload: &'a [u8],
    meta: &'static Meta,
    source: Source<'a>,
    calibration: &Calibration,
    groups: &mut Groups<'_>,
    desk: &'a mut Desk,
    entries: &'a mut Vec<SpreadField<'a>>,
) -> Option<Record<'a>> {
    let (header, context, values) = Header::decode(payload)?;
    let context = ContextView::decode(context)?;
    let fields = WireFields {
        meta,
        values,
        bound: context.bound,
        millis_per_tick: calibration.millis_per_tick(),
    };
    let message = if meta.template.is_empty() {
        None
    } else {
        desk.message.clear();
        format::render(meta.template, meta.keys, fields, &mut desk.message);
        Some(desk.message.as_str())
    };
    let fields = if meta.has_groups {
        *entries = spread_out(fields, groups);
        Fields::Spread(entries)
    } else {
        Fields::Wire(fields)
    };
    Some(Record {
        timestamp: calibration.timestamp(header.ticks),
        level: Level::from_number(header.level())?,
        service: source.service,
        pid: source.pid,
        request_id: context.request_id,
        trace_id: context.trace.map(|(trace, _)| trace),
        span_id: context.trace.map(|(_, span)| span),
        event: meta.events.get(usize::from(header.event()))?,
        message,
        location: Some(Location {
            module: meta.module,
            file: meta.file,
            line: meta.line,
        }),
        thread: Some(source.thread),
        fields,
    })
}

/// The fields of a record with groups, in the order of any other record: constants, what the call gave, what the
/// context had bound.
fn spread_out<'a>(fields: WireFields<'a>, groups: &mut Groups<'_>) -> Vec<SpreadField<'a>> {
    let meta = fields.meta;
    // A template's text stands under a key of its own.
    let is_taken = |key: &str| {
        meta.constants.iter().any(|(name, _)| *name == key)
            || key == "msg" && !meta.template.is_empty()
    };
    let mut entries = Vec::new();
    for (key, text) in meta.constants {
        entries.push(SpreadField::plain(key, Value::Str(text)));
    }
    let mut spread = spread(
        meta.keys,
        fields.values,
        fields.millis_per_tick,
        groups,
        &is_taken,
    );
    entries.append(&mut spread);
    for (key, value) in fields.bound_fields() {
        if !entries.iter().any(|entry| entry.key == key) {
            entries.push(SpreadField::plain(key, value));
        }
    }
    entries
}
