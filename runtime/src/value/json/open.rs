//! An array or an object between its brackets: commas, keys, members.

use core::fmt::Write;

use serde_core::Serialize;
use serde_core::ser;

use super::pair::{Copying, Name, Pair};
use super::text::write_text;
use super::{Error, Json, write};
use crate::secret::{self, Holder, Words};

/// An array or an object that is not closed yet.
pub(super) struct Open<'a> {
    pub(super) out: &'a mut dyn Write,
    pub(super) words: &'static Words,
    /// The key in whose value this stands.
    pub(super) holder: Holder<'a>,
    pub(super) depth: usize,
    pub(super) first: bool,
    /// The value that is next has a secret's name, or all of this has.
    pub(super) hidden: bool,
    pub(super) pair: Pair,
    /// The key of a map whose value is next.
    pub(super) key: String,
    pub(super) end: &'static str,
}

impl Open<'_> {
    fn comma(&mut self) -> Result<(), Error> {
        if !core::mem::take(&mut self.first) {
            self.out.write_char(',')?;
        }
        Ok(())
    }

    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        if self.hidden {
            return Ok(());
        }
        self.comma()?;
        match core::mem::replace(&mut self.pair, Pair::None) {
            Pair::None => self.value(value),
            Pair::Name => self.name_under(self.holder, value),
            Pair::Value(name) => self.value_of(&name, value),
        }
    }

    fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.value_under(self.holder, value)
    }

    fn value_under<T: Serialize + ?Sized>(
        &mut self,
        holder: Holder<'_>,
        value: &T,
    ) -> Result<(), Error> {
        value.serialize(Json {
            out: self.out,
            words: self.words,
            holder,
            depth: self.depth,
        })
    }

    fn field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Error> {
        if self.hidden {
            return Ok(());
        }
        self.comma()?;
        write_text(key, self.out)?;
        self.out.write_char(':')?;
        if secret::is_secret_field(self.holder, key, self.words) {
            return Ok(write_text(secret::MARK, self.out)?);
        }
        self.member(key, Holder::Fixed(key), value)
    }

    /// What stands under a key that is no secret. `{ name: "authorization", value: "Bearer .." }` is a pair, too, and so
    /// is what serde makes of a variant: `{ type: "password", content: ".." }`.
    fn member<T: Serialize + ?Sized>(
        &mut self,
        key: &str,
        holder: Holder<'_>,
        value: &T,
    ) -> Result<(), Error> {
        match key {
            "name" | "key" | "header" | "field" | "type" | "kind" => {
                // `{ name: "password", type: "text", value: ".." }`
                let before = core::mem::replace(&mut self.pair, Pair::None);
                self.name_under(holder, value)?;
                if self.names_secret(&before) {
                    self.pair = before;
                }
                Ok(())
            }
            "value" | "values" | "content" | "data" => {
                if self.names_secret(&self.pair) {
                    return Ok(write_text(secret::MARK, self.out)?);
                }
                if key != "value" {
                    return self.value_under(holder, value);
                }
                match core::mem::replace(&mut self.pair, Pair::None) {
                    Pair::Value(name) => self.value_of(&name, value),
                    _ => self.value_under(holder, value),
                }
            }
            _ => self.value_under(holder, value),
        }
    }

    fn names_secret(&self, pair: &Pair) -> bool {
        matches!(pair, Pair::Value(name) if secret::is_secret(self.holder, name.as_str(), self.words))
    }

    /// What may be a name of what is next.
    fn name_under<T: Serialize + ?Sized>(
        &mut self,
        holder: Holder<'_>,
        value: &T,
    ) -> Result<(), Error> {
        let mut out = Copying::new(self.out);
        value.serialize(Json {
            out: &mut out,
            words: self.words,
            holder,
            depth: self.depth,
        })?;
        self.pair = out.pair();
        Ok(())
    }

    fn value_of<T: Serialize + ?Sized>(&mut self, name: &Name, value: &T) -> Result<(), Error> {
        let name = name.as_str();
        if secret::is_secret(self.holder, name, self.words) {
            return Ok(write_text(secret::MARK, self.out)?);
        }
        self.value_under(Holder::Written(name), value)
    }

    pub(super) fn close(self) -> Result<(), Error> {
        Ok(self.out.write_str(self.end)?)
    }
}

macro_rules! arrays {
    ($($trait:ident :: $method:ident,)*) => {$(
        impl ser::$trait for Open<'_> {
            type Ok = ();
            type Error = Error;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
                self.item(value)
            }

            fn end(self) -> Result<(), Error> {
                self.close()
            }
        }
    )*};
}

arrays! {
    SerializeSeq::serialize_element,
    SerializeTuple::serialize_element,
    SerializeTupleStruct::serialize_field,
    SerializeTupleVariant::serialize_field,
}

macro_rules! objects {
    ($($trait:ident,)*) => {$(
        impl ser::$trait for Open<'_> {
            type Ok = ();
            type Error = Error;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                key: &'static str,
                value: &T,
            ) -> Result<(), Error> {
                self.field(key, value)
            }

            fn end(self) -> Result<(), Error> {
                self.close()
            }
        }
    )*};
}

objects!(SerializeStruct, SerializeStructVariant,);

impl ser::SerializeMap for Open<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        self.comma()?;
        // A key of JSON is text, so what is no text is put in quotes.
        let mut text = core::mem::take(&mut self.key);
        text.clear();
        write(key, self.words, &mut text)?;
        self.hidden = secret::is_secret(self.holder, &text, self.words);
        if text.starts_with('"') {
            self.out.write_str(&text)?;
        } else {
            write_text(&text, self.out)?;
        }
        self.key = text;
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.out.write_char(':')?;
        if core::mem::take(&mut self.hidden) {
            return Ok(write_text(secret::MARK, self.out)?);
        }
        let key = core::mem::take(&mut self.key);
        let name = key.trim_matches('"');
        self.member(name, Holder::Written(name), value)?;
        self.key = key;
        Ok(())
    }

    fn end(self) -> Result<(), Error> {
        self.close()
    }
}
