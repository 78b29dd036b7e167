//! Event, fields and message, of a line and of JSON.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::escape::push_quoted;
use super::line::push_word;
use super::names::Names;
use super::page::End;
use super::site_text::{SiteText, Writers};
use super::value::{push_text, push_value};
use crate::record::{Fields, Location, Record};
use crate::site::Meta;

/// Writes what stands after a record's fixed parts.
#[derive(Debug, Default)]
pub(super) struct Body<const LINE: bool> {
    names: Names,
    /// By the site's address, for a site never moves. None for one of which a name must be changed:
    /// it goes the long way each time.
    sites: HashMap<usize, Option<SiteText>, BuildHasherDefault<Address>>,
}

impl<const LINE: bool> Body<LINE> {
    /// Writes event, fields and message, and in JSON the place in the source.
    #[inline(always)]
    pub(super) fn push(&mut self, record: &Record<'_>, end: &mut End<'_>) {
        let known = match record.fields {
            Fields::Wire(fields) => {
                let text = site_text::<LINE>(&mut self.sites, fields.meta);
                let event = event_of(record, fields.meta);
                text.zip(event).map(|(text, event)| (text, event, fields))
            }
            Fields::Spread(_) | Fields::Owned(_) => None,
        };
        if let Some((text, event, fields)) = known {
            text.push::<LINE>(event, record, fields, &mut self.names, end);
        } else {
            end.direct(|out| push_any::<LINE>(record, &mut self.names, out));
        }
    }
}

fn push_any<const LINE: bool>(record: &Record<'_>, names: &mut Names, out: &mut Vec<u8>) {
    push_event::<LINE>(record.event, out);
    names.begin();
    let mut is_first = true;
    for (key, value) in record.fields() {
        push_bar::<LINE>(&mut is_first, out);
        push_key::<LINE>(names.next(key, record), out);
        push_value::<LINE>(value, out);
    }
    push_message::<LINE>(record, is_first, names, out);
    if let Some(at) = record.location.filter(|_| !LINE) {
        push_place(at, out);
    }
}

pub(super) fn push_message<const LINE: bool>(
    record: &Record<'_>,
    mut is_first: bool,
    names: &mut Names,
    out: &mut Vec<u8>,
) {
    if let Some(message) = record.message {
        push_bar::<LINE>(&mut is_first, out);
        push_key::<LINE>(names.next("msg", record), out);
        push_text::<LINE>(message, out);
    }
}

/// Writes the bar in front of a line's first field.
#[inline]
pub(super) fn push_bar<const LINE: bool>(is_first: &mut bool, out: &mut Vec<u8>) {
    if LINE && *is_first {
        out.extend_from_slice(b" |");
    }
    *is_first = false;
}

#[inline]
pub(super) fn push_event<const LINE: bool>(event: &str, out: &mut Vec<u8>) {
    if LINE {
        out.extend_from_slice(b" | ");
        push_word(event, out);
    } else {
        out.extend_from_slice(b",\"event\":");
        push_quoted::<false>(event, out);
    }
}

#[inline]
pub(super) fn push_key<const LINE: bool>(key: &str, out: &mut Vec<u8>) {
    if LINE {
        out.push(b' ');
        push_word(key, out);
        out.push(b'=');
    } else {
        out.push(b',');
        push_quoted::<false>(key, out);
        out.push(b':');
    }
}

pub(super) fn push_place(at: Location<'_>, out: &mut Vec<u8>) {
    out.extend_from_slice(b",\"code.module\":");
    push_quoted::<false>(at.module, out);
    out.extend_from_slice(b",\"code.file\":");
    push_quoted::<false>(at.file, out);
    out.extend_from_slice(b",\"code.line\":");
    out.extend_from_slice(itoa::Buffer::new().format(at.line).as_bytes());
}

/// Which of its site's events the record is; none for one that somebody has renamed.
#[inline(always)]
fn event_of(record: &Record<'_>, meta: &Meta) -> Option<usize> {
    let mut events = meta.events.iter();
    events.position(|it| core::ptr::eq(*it, record.event))
}

#[inline(always)]
fn site_text<'a, const LINE: bool>(
    sites: &'a mut HashMap<usize, Option<SiteText>, BuildHasherDefault<Address>>,
    meta: &'static Meta,
) -> Option<&'a SiteText> {
    sites
        .entry(core::ptr::from_ref(meta).addr())
        .or_insert_with(|| SiteText::new(meta, &Writers::of::<LINE>()))
        .as_ref()
}

/// Hashes an address: nobody outside chooses one, so there is nothing to defend.
#[derive(Debug, Default)]
struct Address(u64);

impl Hasher for Address {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, number: u64) {
        let mixed = (self.0 ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ mixed >> 32;
    }

    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }
}
