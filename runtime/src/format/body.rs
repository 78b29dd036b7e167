//! Event, fields and message, of a line and of JSON. What all records of a site have in common is
//! rendered when the site is met first and copied from then on: names are judged and escaped once.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::escape::push_quoted;
use super::line::push_word;
use super::names::Names;
use super::value::{is_simple, push_simple, push_text, push_value};
use crate::record::{Fields, Location, Record};
use crate::site::Meta;
use crate::wire::{WireFields, decode_value, peek_common};

/// Writes what stands behind a record's fixed parts.
#[derive(Debug, Default)]
pub(super) struct Body<const LINE: bool> {
    names: Names,
    /// By the site's address, for a site never moves. None for one of which a name must be changed:
    /// it goes the long way each time.
    sites: HashMap<usize, Option<SiteText>, BuildHasherDefault<Address>>,
}

impl<const LINE: bool> Body<LINE> {
    /// Writes event, fields and message, and in JSON the place in the source.
    #[inline]
    pub(super) fn push(&mut self, record: &Record<'_>, out: &mut Vec<u8>) {
        let known = match record.fields {
            Fields::Wire(fields) => {
                site_text::<LINE>(&mut self.sites, fields.meta).map(|it| (it, fields))
            }
            Fields::Owned(_) => None,
        };
        if let Some((site, fields)) = known {
            site.push::<LINE>(record, fields, &mut self.names, out);
        } else {
            push_any::<LINE>(record, &mut self.names, out);
        }
    }
}

fn push_any<const LINE: bool>(record: &Record<'_>, names: &mut Names, out: &mut Vec<u8>) {
    push_event::<LINE>(record.event, out);
    names.begin();
    let mut is_first = true;
    for (key, value) in record.fields() {
        push_bar::<LINE>(&mut is_first, out);
        push_key::<LINE>(names.next(key, || record.fields().map(|(key, _)| key)), out);
        push_value::<LINE>(value, out);
    }
    push_message::<LINE>(record, is_first, names, out);
    if let Some(at) = record.location.filter(|_| !LINE) {
        push_place(at, out);
    }
}

fn push_message<const LINE: bool>(
    record: &Record<'_>,
    mut is_first: bool,
    names: &mut Names,
    out: &mut Vec<u8>,
) {
    if let Some(message) = record.message {
        push_bar::<LINE>(&mut is_first, out);
        push_key::<LINE>(
            names.next("msg", || record.fields().map(|(key, _)| key)),
            out,
        );
        push_text::<LINE>(message, out);
    }
}

/// Writes the bar in front of a line's first field.
#[inline]
fn push_bar<const LINE: bool>(is_first: &mut bool, out: &mut Vec<u8>) {
    if LINE && *is_first {
        out.extend_from_slice(b" |");
    }
    *is_first = false;
}

#[inline]
fn push_event<const LINE: bool>(event: &str, out: &mut Vec<u8>) {
    if LINE {
        out.extend_from_slice(b" | ");
        push_word(event, out);
    } else {
        out.extend_from_slice(b",\"event\":");
        push_quoted::<false>(event, out);
    }
}

#[inline]
fn push_key<const LINE: bool>(key: &str, out: &mut Vec<u8>) {
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

fn push_place(at: Location<'_>, out: &mut Vec<u8>) {
    out.extend_from_slice(b",\"code.module\":");
    push_quoted::<false>(at.module, out);
    out.extend_from_slice(b",\"code.file\":");
    push_quoted::<false>(at.file, out);
    out.extend_from_slice(b",\"code.line\":");
    out.extend_from_slice(itoa::Buffer::new().format(at.line).as_bytes());
}

/// The text of one site.
#[derive(Debug)]
struct SiteText {
    text: Vec<u8>,
    /// Where in `text` each part ends: one for each event, one for the constants, one for each key,
    /// one for the place in the source.
    ends: Vec<usize>,
    events: usize,
    /// The names behind the site's own.
    names: Names,
}

impl SiteText {
    fn new<const LINE: bool>(meta: &Meta) -> Option<Self> {
        let mut names = Names::default();
        let constants = || meta.constants.iter().map(|(key, _)| *key);
        let all = || constants().chain(meta.keys.iter().copied());
        if all().any(|key| names.next(key, all) != key) {
            return None;
        }
        let (mut text, mut ends) = (Vec::new(), Vec::new());
        for event in meta.events {
            push_event::<LINE>(event, &mut text);
            ends.push(text.len());
        }
        for (key, constant) in meta.constants {
            push_key::<LINE>(key, &mut text);
            push_text::<LINE>(constant, &mut text);
        }
        ends.push(text.len());
        for key in meta.keys {
            push_key::<LINE>(key, &mut text);
            ends.push(text.len());
        }
        push_place(place_of(meta), &mut text);
        ends.push(text.len());
        Some(Self {
            text,
            ends,
            events: meta.events.len(),
            names,
        })
    }

    #[inline]
    fn part(&self, index: usize) -> &[u8] {
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        &self.text[start..self.ends[index]]
    }

    #[inline]
    fn push<const LINE: bool>(
        &self,
        record: &Record<'_>,
        fields: WireFields<'_>,
        names: &mut Names,
        out: &mut Vec<u8>,
    ) {
        let meta = fields.meta;
        match meta
            .events
            .iter()
            .position(|it| core::ptr::eq(*it, record.event))
        {
            Some(index) => out.extend_from_slice(self.part(index)),
            None => push_event::<LINE>(record.event, out),
        }
        let mut is_first = true;
        if !meta.constants.is_empty() {
            push_bar::<LINE>(&mut is_first, out);
            out.extend_from_slice(self.part(self.events));
        }
        let mut count = meta.constants.len();
        let mut values = fields.values;
        for index in 0..meta.keys.len() {
            if let Some((common, rest)) = peek_common(values)
                && is_simple::<LINE>(common)
            {
                push_bar::<LINE>(&mut is_first, out);
                out.extend_from_slice(self.part(self.events + 1 + index));
                push_simple::<LINE>(common, out);
                values = rest;
                count += 1;
                continue;
            }
            match decode_value(&mut values, fields.millis_per_tick) {
                Some(Some(value)) => {
                    push_bar::<LINE>(&mut is_first, out);
                    out.extend_from_slice(self.part(self.events + 1 + index));
                    push_value::<LINE>(value, out);
                    count += 1;
                }
                Some(None) => {}
                None => break,
            }
        }
        if !fields.bound.is_empty() || record.message.is_some() {
            names.begin_behind(&self.names, count);
            for (key, value) in fields.bound_fields() {
                push_bar::<LINE>(&mut is_first, out);
                push_key::<LINE>(names.next(key, || record.fields().map(|(key, _)| key)), out);
                push_value::<LINE>(value, out);
            }
            push_message::<LINE>(record, is_first, names, out);
        }
        if let Some(at) = record.location.filter(|_| !LINE) {
            if is_at(at, meta) {
                out.extend_from_slice(self.part(self.ends.len() - 1));
            } else {
                push_place(at, out);
            }
        }
    }
}

/// Whether the place is the site's own. That it is not the same text but only an equal one does not
/// happen, and would do no harm.
#[inline]
fn is_at(at: Location<'_>, meta: &Meta) -> bool {
    core::ptr::eq(at.module, meta.module)
        && core::ptr::eq(at.file, meta.file)
        && at.line == meta.line
}

fn place_of(meta: &Meta) -> Location<'_> {
    Location {
        module: meta.module,
        file: meta.file,
        line: meta.line,
    }
}

#[inline]
fn site_text<'a, const LINE: bool>(
    sites: &'a mut HashMap<usize, Option<SiteText>, BuildHasherDefault<Address>>,
    meta: &'static Meta,
) -> Option<&'a SiteText> {
    sites
        .entry(core::ptr::from_ref(meta).addr())
        .or_insert_with(|| SiteText::new::<LINE>(meta))
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
