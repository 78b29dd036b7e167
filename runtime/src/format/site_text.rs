//! What all records of a site have in common. It is rendered when the site is met first and copied from then on:
//! names are judged and escaped once.

use super::body::{push_bar, push_event, push_key, push_message, push_place};
use super::names::Names;
use super::page::{End, Piece};
use super::value::{peek_simple, push_simple, push_text, push_value};
use crate::record::{Location, Record};
use crate::site::Meta;
use crate::wire::{WireFields, decode_value};

/// How parts are written, in a line or in JSON: what happens once for a site is compiled once for both.
pub(super) struct Writers {
    event: fn(&str, &mut Vec<u8>),
    bar: fn(&mut bool, &mut Vec<u8>),
    key: fn(&str, &mut Vec<u8>),
    text: fn(&str, &mut Vec<u8>),
}

impl Writers {
    pub(super) const fn of<const LINE: bool>() -> Self {
        Self {
            event: push_event::<LINE>,
            bar: push_bar::<LINE>,
            key: push_key::<LINE>,
            text: push_text::<LINE>,
        }
    }
}

/// The text of one site.
#[derive(Debug)]
pub(super) struct SiteText {
    /// Each event with the site's constants.
    openings: Vec<Piece>,
    /// The same with the first key.
    openings_and_key: Vec<Piece>,
    constants: usize,
    keys: Vec<Piece>,
    place: Piece,
    /// The names after the site's own.
    names: Names,
}

impl SiteText {
    /// None for a site of which a name must be changed.
    pub(super) fn new(meta: &Meta, writers: &Writers) -> Option<Self> {
        let mut names = Names::default();
        let mut all = Vec::new();
        for (key, _) in meta.constants {
            all.push(*key);
        }
        all.extend_from_slice(meta.keys);
        for key in &all {
            if names.next(key, &all) != *key {
                return None;
            }
        }
        let mut openings = Vec::new();
        let mut openings_and_key = Vec::new();
        for event in meta.events {
            let mut text = Vec::new();
            let mut is_first = true;
            (writers.event)(event, &mut text);
            for (key, constant) in meta.constants {
                (writers.bar)(&mut is_first, &mut text);
                (writers.key)(key, &mut text);
                (writers.text)(constant, &mut text);
            }
            openings.push(Piece::new(&text));
            if let Some(key) = meta.keys.first() {
                (writers.bar)(&mut is_first, &mut text);
                (writers.key)(key, &mut text);
            }
            openings_and_key.push(Piece::new(&text));
        }
        let mut keys = Vec::new();
        for key in meta.keys {
            let mut text = Vec::new();
            (writers.key)(key, &mut text);
            keys.push(Piece::new(&text));
        }
        let mut place = Vec::new();
        push_place(place_of(meta), &mut place);
        Some(Self {
            openings,
            openings_and_key,
            constants: meta.constants.len(),
            keys,
            place: Piece::new(&place),
            names,
        })
    }

    #[inline(always)]
    pub(super) fn push<const LINE: bool>(
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
                    push_key::<LINE>(names.next(key, record), out);
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
