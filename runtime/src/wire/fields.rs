//! The fields of a record, read in place: the site's constants, the call's own values, then what the
//! context had bound and the call did not name.

use super::{Bound, decode_value};
use crate::site::Meta;
use crate::value::Value;

/// Encoded fields and what is needed to read them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WireFields<'a> {
    pub(crate) meta: &'static Meta,
    pub(crate) values: &'a [u8],
    pub(crate) bound: Bound<'a>,
    pub(crate) millis_per_tick: f64,
}

impl<'a> WireFields<'a> {
    /// What the context had bound and the call did not name.
    pub(crate) fn bound_fields(self) -> WireFieldIter<'a> {
        WireFieldIter {
            constants: &[],
            keys: &[],
            fields: self,
        }
    }
}

impl<'a> IntoIterator for WireFields<'a> {
    type Item = (&'a str, Value<'a>);
    type IntoIter = WireFieldIter<'a>;

    fn into_iter(self) -> WireFieldIter<'a> {
        WireFieldIter {
            constants: self.meta.constants,
            keys: self.meta.keys,
            fields: self,
        }
    }
}

/// Reads [`WireFields`] in order; ends early where the bytes are damaged.
#[derive(Clone, Debug)]
pub(crate) struct WireFieldIter<'a> {
    constants: &'static [(&'static str, &'static str)],
    keys: &'static [&'static str],
    fields: WireFields<'a>,
}

impl<'a> Iterator for WireFieldIter<'a> {
    type Item = (&'a str, Value<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        if let Some((&(key, text), rest)) = self.constants.split_first() {
            self.constants = rest;
            return Some((key, Value::Str(text)));
        }
        while let Some((&key, rest)) = self.keys.split_first() {
            self.keys = rest;
            match decode_value(&mut self.fields.values, self.fields.millis_per_tick) {
                Some(Some(value)) => return Some((key, value)),
                Some(None) => {}
                None => self.keys = &[],
            }
        }
        let meta = self.fields.meta;
        self.fields.bound.find(|(key, _)| {
            let is_message = *key == "msg" && !meta.template.is_empty();
            !is_message
                && !meta.keys.contains(key)
                && !meta.constants.iter().any(|(name, _)| name == key)
        })
    }
}
