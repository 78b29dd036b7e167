//! Every field of a record has a name of its own, whatever the record holds. Records that come from a
//! macro keep their names as they are; one that was put together by hand or read from damaged memory
//! may not, and its second `a` becomes `a_2`.

use std::collections::HashMap;

use crate::record::{Record, RecordBuf};

/// The names that a record's own parts have in JSON; no field may take one.
pub(crate) const RESERVED: [&str; 12] = [
    "timestamp",
    "level",
    "service",
    "pid",
    "request_id",
    "trace_id",
    "span_id",
    "event",
    "code.module",
    "code.file",
    "code.line",
    "thread.name",
];

/// From this many fields on names are kept in a table.
const MANY: usize = 32;

/// What has keys, for a look back at those that were given before.
pub(crate) trait Keys {
    /// All keys, from the first on.
    fn keys(&self) -> Box<dyn Iterator<Item = &str> + '_>;
}

impl Keys for Record<'_> {
    fn keys(&self) -> Box<dyn Iterator<Item = &str> + '_> {
        Box::new(self.fields().map(|(key, _)| key))
    }
}

impl Keys for RecordBuf {
    fn keys(&self) -> Box<dyn Iterator<Item = &str> + '_> {
        Box::new(self.fields.iter().map(|(key, _)| key.as_str()))
    }
}

impl<T: AsRef<str>> Keys for Vec<T> {
    fn keys(&self) -> Box<dyn Iterator<Item = &str> + '_> {
        Box::new(self.iter().map(AsRef::as_ref))
    }
}

/// The names of one record so far.
#[derive(Debug)]
pub(crate) struct Names {
    /// One bit for what names look like: a name whose bit is not set was not there before.
    seen: [u64; 4],
    fields: usize,
    /// Names that were given.
    given: Vec<String>,
    /// With many fields: every name, and the last number that was tried after it.
    table: HashMap<String, u32>,
}

impl Default for Names {
    fn default() -> Self {
        Self {
            seen: START,
            fields: 0,
            given: Vec::new(),
            table: HashMap::new(),
        }
    }
}

impl Names {
    /// Begins a record.
    #[inline]
    pub(crate) fn begin(&mut self) {
        self.seen = START;
        self.fields = 0;
        if !self.given.is_empty() {
            self.given.clear();
        }
        if !self.table.is_empty() {
            self.table.clear();
        }
    }

    /// Begins a record of which `fields` fields have names already, all of them among those that
    /// `earlier` gave out as they were.
    #[inline]
    pub(crate) fn begin_behind(&mut self, earlier: &Self, fields: usize) {
        self.begin();
        self.seen = earlier.seen;
        self.fields = fields;
    }

    /// The name for the next field of a record with these keys.
    #[inline]
    pub(crate) fn next<'a>(&'a mut self, key: &'a str, keys: &dyn Keys) -> &'a str {
        let (word, bit) = place(key.as_bytes());
        let fresh = self.seen[word] & bit == 0 && self.fields < MANY;
        self.seen[word] |= bit;
        self.fields += 1;
        if fresh { key } else { self.slow(key, keys) }
    }

    #[cold]
    fn slow<'a>(&'a mut self, key: &'a str, keys: &dyn Keys) -> &'a str {
        let before = keys.keys().take(self.fields - 1);
        let name = if self.fields <= MANY {
            let before: Vec<_> = before.collect();
            let is_taken = |name: &str| {
                RESERVED.contains(&name)
                    || before.contains(&name)
                    || self.given.iter().any(|it| it == name)
            };
            if !is_taken(key) {
                return key;
            }
            numbered(key, 2, is_taken).0
        } else {
            if self.table.is_empty() {
                for name in RESERVED {
                    self.table.insert(name.to_owned(), 1);
                }
                for name in before {
                    self.table.insert(name.to_owned(), 1);
                }
                for name in self.given.drain(..) {
                    self.table.insert(name, 1);
                }
            }
            let Some(tried) = self.table.get(key) else {
                self.table.insert(key.to_owned(), 1);
                return key;
            };
            let (name, number) = numbered(key, *tried + 1, |name| self.table.contains_key(name));
            self.table.insert(key.to_owned(), number);
            self.table.insert(name.clone(), 1);
            name
        };
        let (word, bit) = place(name.as_bytes());
        self.seen[word] |= bit;
        self.given.push(name);
        self.given.last().map_or(key, String::as_str)
    }
}

/// The first free name of `key_2`, `key_3`, ... and its number.
fn numbered(key: &str, mut number: u32, is_taken: impl Fn(&str) -> bool) -> (String, u32) {
    loop {
        let name = format!("{key}_{number}");
        if !is_taken(&name) {
            return (name, number);
        }
        number += 1;
    }
}

const START: [u64; 4] = {
    let mut seen = [0; 4];
    let mut next = 0;
    while next < RESERVED.len() {
        let (word, bit) = place(RESERVED[next].as_bytes());
        seen[word] |= bit;
        next += 1;
    }
    seen
};

/// Where the bit of a name is: its length and three of its bytes decide.
#[inline]
const fn place(name: &[u8]) -> (usize, u64) {
    let len = name.len();
    if len == 0 {
        return (0, 1);
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "any part of the length will do"
    )]
    let mixed = (len as u32)
        .wrapping_mul(0x9e37_79b9)
        .wrapping_add((name[0] as u32).wrapping_mul(0x85eb_ca6b))
        .wrapping_add((name[len / 2] as u32).wrapping_mul(0xc2b2_ae35))
        .wrapping_add((name[len - 1] as u32).wrapping_mul(0x27d4_eb2f));
    let mixed = mixed ^ mixed >> 15;
    ((mixed >> 6 & 3) as usize, 1 << (mixed & 63))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(keys: &[&str]) -> Vec<String> {
        let mut names = Names::default();
        // What an earlier record left behind plays no part.
        names.next("z", &vec!["z"]);
        names.begin();
        let keys = keys.to_vec();
        keys.iter()
            .map(|key| names.next(key, &keys).to_owned())
            .collect()
    }

    #[test]
    fn names_that_differ_stay_as_they_are() {
        let keys = ["user_id", "amount", "provider", "z", "", "Level", "é"];
        assert_eq!(named(&keys), keys);
    }

    #[test]
    fn the_second_of_a_name_is_numbered() {
        assert_eq!(named(&["a", "a", "a"]), ["a", "a_2", "a_3"]);
        assert_eq!(named(&["a", "a_2", "a"]), ["a", "a_2", "a_3"]);
        assert_eq!(named(&["a", "a", "a_2"]), ["a", "a_2", "a_2_2"]);
        assert_eq!(named(&["level", "", ""]), ["level_2", "", "_2"]);
        for name in RESERVED {
            assert_eq!(named(&[name]), [format!("{name}_2")]);
        }
    }

    #[test]
    fn many_fields_keep_the_rule_and_the_time() {
        let mut keys = vec!["a"; 40_000];
        keys[20] = "b";
        keys[21] = "a_7";
        keys[39_998] = "level";
        keys[39_999] = "b";
        let mut unique = named(&keys);
        assert_eq!(unique[5..8], ["a_6", "a_7", "a_8"]);
        assert_eq!(unique[21], "a_7_2");
        assert_eq!(unique[39_998..], ["level_2", "b_2"]);
        unique.sort_unstable();
        unique.dedup();
        assert_eq!(unique.len(), keys.len());
    }
}
