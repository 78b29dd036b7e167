//! Structures as JSON text, written straight from `Serialize`. Hot: nothing is allocated but the text
//! of an error, keys of maps, and a name when it is first seen. What stands under a key that tells of a secret is left
//! out, as is what has such a type around it, or such a name beside it in a pair. Total: NaN and infinities become
//! `null`, and what nests too deeply ends.

mod error;
mod open;
mod pair;
mod text;

#[cfg(test)]
mod tests;

use core::fmt::{self, Write};

use serde_core::Serialize;
use serde_core::ser;

pub(super) use error::Error;
use open::Open;
use pair::Pair;
use text::{Escaping, write_text};

use crate::secret::{self, Holder, Words};

/// How deep a structure may nest: well above what people read, well below a thread's stack.
const MAX_DEPTH: usize = 100;

/// Writes `value` as JSON, judging its keys by these words, too.
pub(super) fn write<T: Serialize + ?Sized>(
    value: &T,
    words: &'static Words,
    out: &mut dyn Write,
) -> Result<(), Error> {
    value.serialize(Json {
        out,
        words,
        holder: Holder::Fixed(words.holder),
        depth: 0,
    })
}

struct Json<'a> {
    out: &'a mut dyn Write,
    words: &'static Words,
    /// The key in whose value this stands.
    holder: Holder<'a>,
    depth: usize,
}

impl<'a> Json<'a> {
    fn number(self, text: &str) -> Result<(), Error> {
        Ok(self.out.write_str(text)?)
    }

    /// Opens an array or an object, after what was written already.
    fn open(mut self, bracket: char, end: &'static str) -> Result<Open<'a>, Error> {
        self.descend()?;
        self.out.write_char(bracket)?;
        self.holder = self.holder.of_members(self.words);
        Ok(self.opened(end))
    }

    /// An array or an object behind its bracket.
    fn opened(self, end: &'static str) -> Open<'a> {
        Open {
            out: self.out,
            words: self.words,
            holder: self.holder,
            depth: self.depth,
            first: true,
            hidden: false,
            pair: Pair::None,
            key: String::new(),
            end,
        }
    }

    /// One level deeper, if there may be one.
    fn descend(&mut self) -> Result<(), Error> {
        if self.depth >= MAX_DEPTH {
            return Err(Error::Value(format!(
                "nested deeper than {MAX_DEPTH} levels"
            )));
        }
        self.depth += 1;
        Ok(())
    }

    /// Opens the array or object of a variant, of which nothing is shown if its name is a secret's.
    fn open_variant(
        mut self,
        name: &'static str,
        bracket: char,
        end: &'static str,
    ) -> Result<Open<'a>, Error> {
        self.variant(name)?;
        if !secret::is_secret_field(self.holder, name, self.words) {
            self.holder = Holder::Fixed(name);
            return self.open(bracket, end);
        }
        write_text(secret::MARK, self.out)?;
        Ok(self.hidden("}"))
    }

    /// An array or an object in whose place a mark stands already.
    fn hidden(self, end: &'static str) -> Open<'a> {
        Open {
            hidden: true,
            ..self.opened(end)
        }
    }

    /// `{"Variant":`, whose value follows.
    fn variant(&mut self, name: &str) -> Result<(), Error> {
        self.descend()?;
        self.out.write_char('{')?;
        write_text(name, self.out)?;
        Ok(self.out.write_char(':')?)
    }
}

macro_rules! integers {
    ($($method:ident: $type:ty,)*) => {$(
        fn $method(self, value: $type) -> Result<(), Error> {
            self.number(itoa::Buffer::new().format(value))
        }
    )*};
}

impl<'a> ser::Serializer for Json<'a> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Open<'a>;
    type SerializeTuple = Open<'a>;
    type SerializeTupleStruct = Open<'a>;
    type SerializeTupleVariant = Open<'a>;
    type SerializeMap = Open<'a>;
    type SerializeStruct = Open<'a>;
    type SerializeStructVariant = Open<'a>;

    integers! {
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_i128: i128, serialize_u8: u8, serialize_u16: u16, serialize_u32: u32,
        serialize_u64: u64, serialize_u128: u128,
    }

    fn serialize_bool(self, value: bool) -> Result<(), Error> {
        self.number(if value { "true" } else { "false" })
    }

    fn serialize_f32(self, value: f32) -> Result<(), Error> {
        if value.is_finite() {
            self.number(zmij::Buffer::new().format_finite(value))
        } else {
            self.serialize_unit()
        }
    }

    fn serialize_f64(self, value: f64) -> Result<(), Error> {
        if value.is_finite() {
            self.number(zmij::Buffer::new().format_finite(value))
        } else {
            self.serialize_unit()
        }
    }

    fn serialize_char(self, value: char) -> Result<(), Error> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<(), Error> {
        Ok(write_text(value, self.out)?)
    }

    fn collect_str<T: fmt::Display + ?Sized>(self, value: &T) -> Result<(), Error> {
        self.out.write_char('"')?;
        write!(Escaping(self.out), "{value}")?;
        Ok(self.out.write_char('"')?)
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), Error> {
        use ser::SerializeSeq as _;
        let mut open = self.serialize_seq(Some(value.len()))?;
        for byte in value {
            open.serialize_element(byte)?;
        }
        open.close()
    }

    fn serialize_none(self) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Error> {
        self.number("null")
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<(), Error> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        if secret::is_secret_field(self.holder, name, self.words) {
            return Ok(write_text(secret::MARK, self.out)?);
        }
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        mut self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        self.variant(variant)?;
        if secret::is_secret_field(self.holder, variant, self.words) {
            write_text(secret::MARK, self.out)?;
        } else {
            value.serialize(Json {
                out: self.out,
                words: self.words,
                holder: Holder::Fixed(variant),
                depth: self.depth,
            })?;
        }
        Ok(self.out.write_char('}')?)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Open<'a>, Error> {
        self.open('[', "]")
    }

    fn serialize_tuple(self, len: usize) -> Result<Open<'a>, Error> {
        let mut open = self.open('[', "]")?;
        if len == 2 {
            open.pair = Pair::Name;
        }
        Ok(open)
    }

    fn serialize_tuple_struct(self, name: &'static str, _: usize) -> Result<Open<'a>, Error> {
        if secret::is_secret_field(self.holder, name, self.words) {
            write_text(secret::MARK, self.out)?;
            return Ok(self.hidden(""));
        }
        self.open('[', "]")
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Open<'a>, Error> {
        self.open_variant(variant, '[', "]}")
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Open<'a>, Error> {
        self.open('{', "}")
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Open<'a>, Error> {
        self.open('{', "}")
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Open<'a>, Error> {
        self.open_variant(variant, '{', "}}")
    }
}
