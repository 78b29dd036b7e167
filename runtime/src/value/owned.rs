//! The owned form of a value, for records that outlive their bytes.

use core::net::IpAddr;
use core::time::Duration;

use super::view::Value;

/// One value of a [`RecordBuf`](crate::RecordBuf).
///
/// ```
/// use storyline::{Value, ValueBuf};
///
/// let id = ValueBuf::UInt(7);
/// assert_eq!(id.as_value(), Value::UInt(7));
/// assert_eq!(ValueBuf::from(Value::Str("stripe")), ValueBuf::Str("stripe".to_owned()));
/// // A line says `7`, whatever type of integer it was.
/// assert_eq!(id.normalised(), ValueBuf::Int(7));
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ValueBuf {
    /// See [`Value::None`].
    None,
    /// See [`Value::Bool`].
    Bool(bool),
    /// See [`Value::Int`].
    Int(i64),
    /// See [`Value::UInt`].
    UInt(u64),
    /// See [`Value::BigInt`].
    BigInt(i128),
    /// See [`Value::BigUInt`].
    BigUInt(u128),
    /// See [`Value::Float`].
    Float(f64),
    /// See [`Value::Float32`].
    Float32(f32),
    /// See [`Value::Millis`].
    Millis(f64),
    /// See [`Value::Char`].
    Char(char),
    /// See [`Value::Str`].
    Str(String),
    /// See [`Value::Cut`].
    Cut {
        /// The part that was kept.
        text: String,
        /// The length of the whole, in bytes.
        original_len: u64,
    },
    /// See [`Value::Duration`].
    Duration(Duration),
    /// See [`Value::Ip`].
    Ip(IpAddr),
    /// See [`Value::Time`].
    Time(i128),
    /// See [`Value::Json`].
    Json(String),
}

impl ValueBuf {
    /// The same value, borrowed.
    pub fn as_value(&self) -> Value<'_> {
        match self {
            Self::None => Value::None,
            Self::Bool(it) => Value::Bool(*it),
            Self::Int(it) => Value::Int(*it),
            Self::UInt(it) => Value::UInt(*it),
            Self::BigInt(it) => Value::BigInt(*it),
            Self::BigUInt(it) => Value::BigUInt(*it),
            Self::Float(it) => Value::Float(*it),
            Self::Float32(it) => Value::Float32(*it),
            Self::Millis(it) => Value::Millis(*it),
            Self::Char(it) => Value::Char(*it),
            Self::Str(it) => Value::Str(it),
            Self::Cut { text, original_len } => Value::Cut {
                text,
                original_len: *original_len,
            },
            Self::Duration(it) => Value::Duration(*it),
            Self::Ip(it) => Value::Ip(*it),
            Self::Time(it) => Value::Time(*it),
            Self::Json(it) => Value::Json(it),
        }
    }
}

impl From<Value<'_>> for ValueBuf {
    fn from(value: Value<'_>) -> Self {
        match value {
            Value::None => Self::None,
            Value::Bool(it) => Self::Bool(it),
            Value::Int(it) => Self::Int(it),
            Value::UInt(it) => Self::UInt(it),
            Value::BigInt(it) => Self::BigInt(it),
            Value::BigUInt(it) => Self::BigUInt(it),
            Value::Float(it) => Self::Float(it),
            Value::Float32(it) => Self::Float32(it),
            Value::Millis(it) => Self::Millis(it),
            Value::Char(it) => Self::Char(it),
            Value::Str(it) => Self::Str(it.to_owned()),
            Value::Cut { text, original_len } => Self::Cut {
                text: text.to_owned(),
                original_len,
            },
            Value::Duration(it) => Self::Duration(it),
            Value::Ip(it) => Self::Ip(it),
            Value::Time(it) => Self::Time(it),
            Value::Json(it) => Self::Json(it.to_owned()),
        }
    }
}
