//! Event, fields and message, of a line and of JSON. What all records of a site have in common is
//! rendered when the site is met first and copied from then on: names are judged and escaped once.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::escape::push_quoted;
use super::line::push_word;
use super::names::Names;
use super::page::{End, Piece};
use super::value::{peek_simple, push_simple, push_text, push_value};
use crate::record::{Fields, Location, Record};
use crate::site::Meta;
use crate::wire::{WireFields, decode_value};

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
    #[inline(always)]
    pub(super) fn push(&mut self, record: &Record<'_>, end: &mut End<'_>) {
        let known = match record.fields {
            Fields::Wire(fields) => {
                let text = site_text::<LINE>(&mut self.sites, fields.meta);
                let event = event_of(record, fields.meta);
                text.zip(event).map(|(text, event)| (text, event, fields))
            }
            Fields::Owned(_) => None,
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
    /// Each event with the site's constants.
    openings: Vec<Piece>,
    /// The same with the first key.
    openings_and_key: Vec<Piece>,
    constants: usize,
    keys: Vec<Piece>,
    place: Piece,
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
        let piece = |write: &dyn Fn(&mut Vec<u8>)| {
            let mut text = Vec::new();
            write(&mut text);
            Piece::new(&text)
        };
        let open = |event: &str, keys: &[&str]| {
            piece(&|text| {
                push_event::<LINE>(event, text);
                let mut is_first = true;
                for (key, constant) in meta.constants {
                    push_bar::<LINE>(&mut is_first, text);
                    push_key::<LINE>(key, text);
                    push_text::<LINE>(constant, text);
                }
                for key in keys {
                    push_bar::<LINE>(&mut is_first, text);
                    push_key::<LINE>(key, text);
                }
            })
        };
        let first = &meta.keys[..meta.keys.len().min(1)];
        Some(Self {
            openings: meta.events.iter().map(|it| open(it, &[])).collect(),
            openings_and_key: meta.events.iter().map(|it| open(it, first)).collect(),
            constants: meta.constants.len(),
            keys: meta
                .keys
                .iter()
                .map(|key| piece(&|text| push_key::<LINE>(key, text)))
                .collect(),
            place: piece(&|text| push_place(place_of(meta), text)),
            names,
        })
    }

    #[inline(always)]
    fn push<const LINE: bool>(
        &self,
        event: usize,
        record: &Record<'_>,
        fields: WireFields<'_>,
        names: &mut Names,
        end: &mut End<'_>,
    ) {
        let mut is_first = self.constants == 0;
        let mut count = self.constants;
        let mut values = fields.values;
        let mut keys = self.keys.iter();
        if let Some((value, rest)) = peek_simple::<LINE>(values)
            && keys.next().is_some()
        {
            end.piece(&self.openings_and_key[event]);
            push_simple::<LINE>(value, end);
            values = rest;
            is_first = false;
            count += 1;
        } else {
            end.piece(&self.openings[event]);
        }
        for key in keys {
            if let Some((value, rest)) = peek_simple::<LINE>(values) {
                push_separator::<LINE>(&mut is_first, end);
                end.piece(key);
                push_simple::<LINE>(value, end);
                values = rest;
                count += 1;
                continue;
            }
            match decode_value(&mut values, fields.millis_per_tick) {
                Some(Some(value)) => {
                    push_separator::<LINE>(&mut is_first, end);
                    end.piece(key);
                    end.direct(|out| push_value::<LINE>(value, out));
                    count += 1;
                }
                Some(None) => {}
                None => break,
            }
        }
        if !fields.bound.is_empty() || record.message.is_some() {
            names.begin_behind(&self.names, count);
            end.direct(|out| {
                for (key, value) in fields.bound_fields() {
                    push_bar::<LINE>(&mut is_first, out);
                    push_key::<LINE>(names.next(key, || record.fields().map(|(key, _)| key)), out);
                    push_value::<LINE>(value, out);
                }
                push_message::<LINE>(record, is_first, names, out);
            });
        }
        if let Some(at) = record.location.filter(|_| !LINE) {
            if is_at(at, fields.meta) {
                end.piece(&self.place);
            } else {
                end.direct(|out| push_place(at, out));
            }
        }
    }
}

/// The same as [`push_bar`].
#[inline(always)]
fn push_separator<const LINE: bool>(is_first: &mut bool, end: &mut End<'_>) {
    if LINE && *is_first {
        end.text(b" |");
    }
    *is_first = false;
}

/// Which of its site's events the record is; none for one that somebody has renamed.
#[inline(always)]
fn event_of(record: &Record<'_>, meta: &Meta) -> Option<usize> {
    let mut events = meta.events.iter();
    events.position(|it| core::ptr::eq(*it, record.event))
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

#[inline(always)]
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
