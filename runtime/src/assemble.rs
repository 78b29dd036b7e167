//! From an encoded record to a [`Record`]: where the wire, the site and the process meet. Cold.

use crate::clock::Calibration;
use crate::format;
use crate::level::Level;
use crate::record::{Fields, Location, Record};
use crate::site::Meta;
use crate::value::ValueBuf;
use crate::wire::{ContextView, Groups, Header, WireFields, has_groups, spread};

/// Who made a record.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Source<'a> {
    pub(crate) service: &'a str,
    pub(crate) pid: u32,
    pub(crate) thread: &'a str,
}

/// What a record may be read into; reused from record to record.
#[derive(Debug, Default)]
pub(crate) struct Desk {
    /// The text of a template.
    message: String,
    /// Fields whose keys stand in no site: those of a record with groups.
    fields: Vec<(String, ValueBuf)>,
}

/// Reads a payload of the site with this description. `groups` knows the keys of the sites that stand inside of
/// records. None when the bytes are no record.
pub(crate) fn assemble<'a>(
    payload: &'a [u8],
    meta: &'static Meta,
    source: Source<'a>,
    calibration: &Calibration,
    groups: &mut Groups<'_>,
    desk: &'a mut Desk,
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
    let fields = if has_groups(meta.keys) {
        spread_out(fields, groups, &mut desk.fields);
        Fields::Owned(&desk.fields)
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
fn spread_out(fields: WireFields<'_>, groups: &mut Groups<'_>, into: &mut Vec<(String, ValueBuf)>) {
    let meta = fields.meta;
    // A template's text stands under a key of its own.
    let is_taken = |key: &str| {
        meta.constants.iter().any(|(name, _)| *name == key)
            || key == "msg" && !meta.template.is_empty()
    };
    into.clear();
    for (key, text) in meta.constants {
        into.push(((*key).to_owned(), ValueBuf::Str((*text).to_owned())));
    }
    let entries = spread(
        meta.keys,
        fields.values,
        fields.millis_per_tick,
        groups,
        &is_taken,
    );
    for entry in entries {
        into.push((entry.key.into_owned(), entry.value.into()));
    }
    for (key, value) in fields.bound_fields() {
        if !into.iter().any(|(name, _)| name == key) {
            into.push((key.to_owned(), value.into()));
        }
    }
}
