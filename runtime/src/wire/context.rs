//! The context block of a record: request id, trace, bound fields. Encoded once when a context is
//! made, copied whole into each record.

use super::decode::{take, take_slice};
use super::decode_value;
use crate::value::Value;

const REQUEST: u8 = 1;
const TRACE: u8 = 2;

/// Appends the fixed part of a context block. The request id has at most 255 bytes, the trace is
/// 32 and 16 hexadecimal digits; callers have validated both.
pub(crate) fn encode_head(
    request_id: Option<&str>,
    trace: Option<(&str, &str)>,
    block: &mut Vec<u8>,
) {
    let mut flags = 0;
    flags |= if request_id.is_some() { REQUEST } else { 0 };
    flags |= if trace.is_some() { TRACE } else { 0 };
    block.push(flags);
    if let Some(id) = request_id {
        block.push(u8::try_from(id.len()).unwrap_or(u8::MAX));
        block.extend_from_slice(&id.as_bytes()[..id.len().min(usize::from(u8::MAX))]);
    }
    if let Some((trace_id, span_id)) = trace {
        block.extend_from_slice(trace_id.as_bytes());
        block.extend_from_slice(span_id.as_bytes());
    }
}

/// Appends one bound field, whose value is encoded already. The key has at most 255 bytes.
pub(crate) fn encode_bound(key: &str, value: &[u8], block: &mut Vec<u8>) {
    let key = super::cut_at_char(key, usize::from(u8::MAX));
    block.push(u8::try_from(key.len()).unwrap_or(u8::MAX));
    block.extend_from_slice(key.as_bytes());
    block.extend_from_slice(value);
}

/// A context block, read in place.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ContextView<'a> {
    pub(crate) request_id: Option<&'a str>,
    pub(crate) trace: Option<(&'a str, &'a str)>,
    pub(crate) bound: Bound<'a>,
}

impl<'a> ContextView<'a> {
    /// Reads a block; an empty one is no context.
    pub(crate) fn decode(block: &'a [u8]) -> Option<Self> {
        if block.is_empty() {
            return Some(Self::default());
        }
        let mut rest = block;
        let flags = take::<1>(&mut rest)?[0];
        let request_id = if flags & REQUEST == 0 {
            None
        } else {
            Some(short_text(&mut rest)?)
        };
        let trace = if flags & TRACE == 0 {
            None
        } else {
            let trace_id = core::str::from_utf8(take_slice(&mut rest, 32)?).ok()?;
            let span_id = core::str::from_utf8(take_slice(&mut rest, 16)?).ok()?;
            Some((trace_id, span_id))
        };
        Some(Self {
            request_id,
            trace,
            bound: Bound { rest },
        })
    }
}

fn short_text<'a>(rest: &mut &'a [u8]) -> Option<&'a str> {
    let len = take::<1>(rest)?[0];
    core::str::from_utf8(take_slice(rest, usize::from(len))?).ok()
}

/// The bound fields of a context, in order; ends at the first byte that is no field.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Bound<'a> {
    rest: &'a [u8],
}

impl<'a> Bound<'a> {
    /// The same fields with their values as they are encoded, for putting them into another block.
    pub(crate) fn encoded(mut self) -> impl Iterator<Item = (&'a str, &'a [u8])> {
        core::iter::from_fn(move || {
            let key = short_text(&mut self.rest)?;
            let value = self.rest;
            decode_value(&mut self.rest, 0.0)?;
            Some((key, &value[..value.len() - self.rest.len()]))
        })
    }
}

impl Bound<'_> {
    /// Whether nothing is bound.
    pub(crate) fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }
}

impl<'a> Iterator for Bound<'a> {
    type Item = (&'a str, Value<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let key = short_text(&mut self.rest)?;
            // A context holds no ticks: nobody measures a binding.
            if let Some(value) = decode_value(&mut self.rest, 0.0)? {
                return Some((key, value));
            }
        }
    }
}
