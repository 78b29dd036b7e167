//! Structures as JSON text, written straight from `Serialize`. Hot: nothing is allocated but the text
//! of an error, keys that are no text, and a name when it is first seen. What stands under a key that
//! tells of a secret is left out. Total: NaN and infinities become `null`, and what nests too deeply ends.

use core::fmt::{self, Write};

use serde::Serialize;
use serde::ser;

use crate::secret;

/// How deep a structure may nest: well above what people read, well below a thread's stack.
const MAX_DEPTH: usize = 100;

/// Why there is no JSON.
#[derive(Debug)]
pub(super) enum Error {
    /// The writer had enough.
    Write,
    /// The value said so, or it has no JSON form.
    Value(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Write => f.write_str("the writer had enough"),
            Self::Value(message) => f.write_str(message),
        }
    }
}

impl core::error::Error for Error {}

impl ser::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::Value(message.to_string())
    }
}

impl From<fmt::Error> for Error {
    fn from(_: fmt::Error) -> Self {
        Self::Write
    }
}

/// Writes `value` as JSON.
pub(super) fn write<T: Serialize + ?Sized>(value: &T, out: &mut dyn Write) -> Result<(), Error> {
    value.serialize(Json { out, depth: 0 })
}

/// Writes a JSON string with its quotes.
fn write_text(text: &str, out: &mut dyn Write) -> fmt::Result {
    out.write_char('"')?;
    write_escaped(text, out)?;
    out.write_char('"')
}

fn write_escaped(text: &str, out: &mut dyn Write) -> fmt::Result {
    let mut plain = 0;
    for (at, byte) in text.bytes().enumerate() {
        if byte >= b' ' && byte != b'"' && byte != b'\\' {
            continue;
        }
        // All of these bytes are characters of their own.
        out.write_str(text.get(plain..at).unwrap_or_default())?;
        plain = at + 1;
        match byte {
            b'"' => out.write_str("\\\"")?,
            b'\\' => out.write_str("\\\\")?,
            b'\n' => out.write_str("\\n")?,
            b'\r' => out.write_str("\\r")?,
            b'\t' => out.write_str("\\t")?,
            _ => write!(out, "\\u{byte:04x}")?,
        }
    }
    out.write_str(text.get(plain..).unwrap_or_default())
}

/// Escapes what is written through it.
struct Escaping<'a>(&'a mut dyn Write);

impl Write for Escaping<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        write_escaped(text, self.0)
    }
}

struct Json<'a> {
    out: &'a mut dyn Write,
    depth: usize,
}

impl<'a> Json<'a> {
    fn number(self, text: &str) -> Result<(), Error> {
        Ok(self.out.write_str(text)?)
    }

    /// Opens an array or an object, behind what was written already.
    fn open(self, bracket: char, end: &'static str) -> Result<Open<'a>, Error> {
        if self.depth >= MAX_DEPTH {
            return Err(Error::Value(format!(
                "nested deeper than {MAX_DEPTH} levels"
            )));
        }
        self.out.write_char(bracket)?;
        Ok(Open {
            out: self.out,
            depth: self.depth + 1,
            first: true,
            hidden: false,
            end,
        })
    }

    /// Opens the array or object of a variant, of which nothing is shown if its name is a secret's.
    fn open_variant(
        mut self,
        name: &'static str,
        bracket: char,
        end: &'static str,
    ) -> Result<Open<'a>, Error> {
        self.variant(name)?;
        if !secret::is_secret_field(name) {
            return self.open(bracket, end);
        }
        write_text(secret::MARK, self.out)?;
        Ok(Open {
            out: self.out,
            depth: self.depth,
            first: true,
            hidden: true,
            end: "}",
        })
    }

    /// `{"Variant":`, whose value follows.
    fn variant(&mut self, name: &str) -> Result<(), Error> {
        if self.depth >= MAX_DEPTH {
            return Err(Error::Value(format!(
                "nested deeper than {MAX_DEPTH} levels"
            )));
        }
        self.depth += 1;
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
        _: &'static str,
        value: &T,
    ) -> Result<(), Error> {
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
        if secret::is_secret_field(variant) {
            write_text(secret::MARK, self.out)?;
        } else {
            value.serialize(Json {
                out: self.out,
                depth: self.depth,
            })?;
        }
        Ok(self.out.write_char('}')?)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Open<'a>, Error> {
        self.open('[', "]")
    }

    fn serialize_tuple(self, _: usize) -> Result<Open<'a>, Error> {
        self.open('[', "]")
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Open<'a>, Error> {
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

/// An array or an object that is not closed yet.
struct Open<'a> {
    out: &'a mut dyn Write,
    depth: usize,
    first: bool,
    /// The value that is next has a secret's name, or all of this has.
    hidden: bool,
    end: &'static str,
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
        self.value(value)
    }

    fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        value.serialize(Json {
            out: self.out,
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
        if secret::is_secret_field(key) {
            return Ok(write_text(secret::MARK, self.out)?);
        }
        self.value(value)
    }

    fn close(self) -> Result<(), Error> {
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
        let mut text = String::new();
        write(key, &mut text)?;
        self.hidden = secret::is_secret(&text);
        if text.starts_with('"') {
            self.out.write_str(&text)?;
        } else {
            write_text(&text, self.out)?;
        }
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.out.write_char(':')?;
        if core::mem::take(&mut self.hidden) {
            return Ok(write_text(secret::MARK, self.out)?);
        }
        self.value(value)
    }

    fn end(self) -> Result<(), Error> {
        self.close()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn json<T: Serialize + ?Sized>(value: &T) -> String {
        let mut text = String::new();
        write(value, &mut text).expect("JSON");
        text
    }

    #[derive(Serialize)]
    enum Shape {
        Unit,
        Newtype(u8),
        Tuple(u8, bool),
        Struct { a: f32 },
    }

    #[test]
    fn every_kind_of_value() {
        assert_eq!(
            json(&(1_i8, -2_i64, u128::MAX)),
            "[1,-2,340282366920938463463374607431768211455]"
        );
        assert_eq!(
            json(&(0.1_f32, 1e300, f64::NAN, f64::INFINITY)),
            "[0.1,1e+300,null,null]"
        );
        assert_eq!(json("a\"b\\c\n\u{1}é"), "\"a\\\"b\\\\c\\n\\u0001é\"");
        assert_eq!(json(&'"'), "\"\\\"\"");
        assert_eq!(json(&Some(())), "null");
        assert_eq!(json(&None::<u8>), "null");
        assert_eq!(
            json(&[
                Shape::Unit,
                Shape::Newtype(1),
                Shape::Tuple(2, true),
                Shape::Struct { a: 0.5 }
            ]),
            r#"["Unit",{"Newtype":1},{"Tuple":[2,true]},{"Struct":{"a":0.5}}]"#
        );
        assert_eq!(json(&Vec::<u8>::new()), "[]");
        let map: BTreeMap<_, _> = [(2, "b"), (1, "a")].into();
        assert_eq!(json(&map), r#"{"1":"a","2":"b"}"#);
    }

    #[test]
    fn what_has_the_name_of_a_secret_is_left_out_at_any_depth() {
        #[derive(Serialize)]
        struct Login {
            user: &'static str,
            password: &'static str,
            token_count: u8,
            card: Card,
        }
        #[derive(Serialize)]
        struct Card {
            #[serde(rename = "cardNumber")]
            number: [u8; 2],
        }
        #[derive(Serialize)]
        enum Proof {
            Password(&'static str),
            Token(u8, u8),
            ApiKey { id: u8 },
            Name(&'static str),
        }
        let login = Login {
            user: "u",
            password: "hunter2",
            token_count: 3,
            card: Card { number: [4, 1] },
        };
        assert_eq!(
            json(&login),
            r#"{"user":"u","password":"[redacted]","token_count":3,"card":{"cardNumber":"[redacted]"}}"#
        );
        let map: BTreeMap<_, _> = [("apiKey", 1), ("n", 2)].into();
        assert_eq!(json(&map), r#"{"apiKey":"[redacted]","n":2}"#);
        assert_eq!(
            json(&[
                Proof::Password("x"),
                Proof::Token(1, 2),
                Proof::ApiKey { id: 3 },
                Proof::Name("y")
            ]),
            r#"[{"Password":"[redacted]"},{"Token":"[redacted]"},{"ApiKey":"[redacted]"},{"Name":"y"}]"#
        );
    }

    #[test]
    fn text_that_is_collected_is_escaped() {
        struct Shown;
        impl Serialize for Shown {
            fn serialize<S: ser::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str("a\"b")
            }
        }
        assert_eq!(json(&Shown), "\"a\\\"b\"");
    }

    #[test]
    fn what_nests_without_end_is_refused() {
        struct Nest;
        impl Serialize for Nest {
            fn serialize<S: ser::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_seq([Self])
            }
        }
        let error = write(&Nest, &mut String::new()).expect_err("too deep");
        assert!(error.to_string().contains("deeper than 100"), "{error}");
    }
}
