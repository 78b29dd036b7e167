//! What becomes of groups: fields with keys of their own, no key twice. Used where a record is read, and
//! where a context is bound; never on the usual road of a call.
//!
//! A site says with two dots in front of a key that a group is its value: `..` alone for one whose keys
//! stand as they are, `..order` for `order.id`. No other key begins so.

use std::borrow::Cow;
use std::collections::HashSet;

use super::{Piece, cut_at_char, decode_piece};
use crate::value::Value;

/// What marks a key whose value is a group.
pub(crate) const GROUP_MARK: &str = "..";

/// Groups inside groups, deeper than any type of a program has them.
const MAX_DEPTH: usize = 16;

/// The most bytes of a key with everything in front of it.
const MAX_KEY: usize = 1024;

/// Gives the keys of the site with a number, where it is known.
pub(crate) type Groups<'g> = dyn FnMut(u32) -> Option<&'static [&'static str]> + 'g;

/// One field of a record.
#[derive(Clone, Debug)]
pub(crate) struct SpreadField<'a> {
    pub(crate) key: Cow<'a, str>,
    pub(crate) value: Value<'a>,
    /// The same value as it is encoded; empty where nobody has encoded it.
    pub(crate) encoded: &'a [u8],
    /// How many groups it stands in.
    depth: usize,
}

impl<'a> SpreadField<'a> {
    /// One that was not read from bytes.
    pub(crate) fn plain(key: &'a str, value: Value<'a>) -> Self {
        Self {
            key: Cow::Borrowed(key),
            value,
            encoded: &[],
            depth: 0,
        }
    }
}

/// Whether groups are among the values of a site with these keys.
pub(crate) fn has_groups(keys: &[&str]) -> bool {
    keys.iter().any(|key| key.starts_with(GROUP_MARK))
}

/// The values that are there, each with its key, in their order; ends early where the bytes are
/// damaged. A field of the record's own, and a key that `is_taken`, comes before one of a group; of two
/// groups the later one.
pub(crate) fn spread<'a>(
    keys: &'static [&'static str],
    values: &'a [u8],
    millis_per_tick: f64,
    groups: &mut Groups<'_>,
    is_taken: &dyn Fn(&str) -> bool,
) -> Vec<SpreadField<'a>> {
    let mut entries = Vec::with_capacity(keys.len());
    let mut walk = Walk {
        rest: values,
        millis_per_tick,
        groups,
        entries: &mut entries,
    };
    for key in keys {
        let key = match key.strip_prefix(GROUP_MARK) {
            Some("") => Key::None,
            Some(prefix) => Key::Is(Cow::Borrowed(prefix)),
            None => Key::Is(Cow::Borrowed(key)),
        };
        if walk.value(key, 0).is_none() {
            break;
        }
    }
    drop_doubles(&mut entries, is_taken);
    entries
}

fn drop_doubles(entries: &mut Vec<SpreadField<'_>>, is_taken: &dyn Fn(&str) -> bool) {
    let mut seen = HashSet::new();
    for entry in entries.iter().filter(|entry| entry.depth == 0) {
        seen.insert(&*entry.key);
    }
    let mut keep = Vec::with_capacity(entries.len());
    for entry in entries.iter().rev() {
        keep.push(entry.depth == 0 || !is_taken(&entry.key) && seen.insert(&entry.key));
    }
    entries.retain(|_| keep.pop().unwrap_or(false));
}

/// What the fields of a value are called.
#[derive(Clone)]
enum Key {
    /// Nothing: the keys of the group stand alone.
    None,
    Is(Cow<'static, str>),
}

impl Key {
    fn member(&self, key: &'static str) -> Cow<'static, str> {
        match self {
            Self::None => Cow::Borrowed(cut_at_char(key, MAX_KEY)),
            Self::Is(prefix) => {
                let mut whole = format!("{prefix}.{key}");
                whole.truncate(cut_at_char(&whole, MAX_KEY).len());
                Cow::Owned(whole)
            }
        }
    }
}

struct Walk<'a, 'w, 'g> {
    rest: &'a [u8],
    millis_per_tick: f64,
    groups: &'w mut Groups<'g>,
    entries: &'w mut Vec<SpreadField<'a>>,
}

impl Walk<'_, '_, '_> {
    /// Reads one value, or all of a group. None where there is none or the bytes are damaged.
    fn value(&mut self, key: Key, depth: usize) -> Option<()> {
        let before = self.rest;
        match decode_piece(&mut self.rest, self.millis_per_tick)? {
            Piece::Close => return None,
            Piece::Open(site) => return self.group(site, &key, depth),
            Piece::Value(value) => {
                if let (Some(value), Key::Is(key)) = (value, key) {
                    self.entries.push(SpreadField {
                        key,
                        value,
                        encoded: &before[..before.len() - self.rest.len()],
                        depth,
                    });
                }
            }
        }
        Some(())
    }

    fn group(&mut self, site: u32, prefix: &Key, depth: usize) -> Option<()> {
        let keys = (self.groups)(site).unwrap_or_default();
        for position in 0.. {
            if self.rest.first() == Some(&(super::Tag::End as u8)) {
                self.rest = &self.rest[1..];
                return Some(());
            }
            let key = match keys.get(position) {
                Some(key) => match key.strip_prefix(GROUP_MARK) {
                    Some("") => prefix.clone(),
                    Some(key) => Key::Is(prefix.member(key)),
                    None => Key::Is(prefix.member(key)),
                },
                // Its site is not known: the values are kept.
                None => Key::Is(match prefix {
                    Key::None => Cow::Owned(format!("value_{}", position + 1)),
                    Key::Is(prefix) => Cow::Owned(format!("{prefix}.value_{}", position + 1)),
                }),
            };
            if depth < MAX_DEPTH {
                self.value(key, depth + 1)?;
            } else {
                super::decode_value(&mut self.rest, 0.0)?;
            }
        }
        None
    }
}
