//! From an encoded record to a [`Record`]: where the wire, the site and the process meet. Cold.

use crate::clock::Calibration;
use crate::format;
use crate::level::Level;
use crate::record::{Fields, Location, Record};
use crate::site::Meta;
use crate::wire::{ContextView, Header, WireFields};

/// Who made a record.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Source<'a> {
    pub(crate) service: &'a str,
    pub(crate) pid: u32,
    pub(crate) thread: &'a str,
}

/// Reads a payload of the site with this description. `message` is a buffer for the text of a template. None when the bytes
/// are no record.
pub(crate) fn assemble<'a>(
    payload: &'a [u8],
    meta: &'static Meta,
    source: Source<'a>,
    calibration: &Calibration,
    message: &'a mut String,
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
        message.clear();
        format::render(meta.template, meta.keys, fields, message);
        Some(message.as_str())
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
        fields: Fields::Wire(fields),
    })
}
