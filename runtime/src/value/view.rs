//! A value as a record shows it: borrowed, typed, not yet text.

use core::net::IpAddr;
use core::time::Duration;

/// One value of a record, borrowed. [`ValueBuf`](crate::ValueBuf) is the owned form; the table in
/// [`format`](mod@crate::format) says how each is written and what it reads back as.
///
/// ```
/// use storyline::{Value, testing::capture};
///
/// let logged = capture(|| storyline::info!("order_paid", provider = "stripe", amount = 12.5));
/// let record = logged[0].as_record();
/// assert_eq!(record.field("provider"), Some(Value::Str("stripe")));
/// assert_eq!(record.field("amount"), Some(Value::Float(12.5)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Value<'a> {
    /// An `Option` that holds nothing.
    None,
    /// A truth value.
    Bool(bool),
    /// A signed integer of up to 64 bits.
    Int(i64),
    /// An unsigned integer of up to 64 bits.
    UInt(u64),
    /// A signed integer of 128 bits.
    BigInt(i128),
    /// An unsigned integer of 128 bits.
    BigUInt(u128),
    /// A float.
    Float(f64),
    /// A float whose shortest text is that of its 32 bits.
    Float32(f32),
    /// A duration that the runtime measured, in milliseconds.
    Millis(f64),
    /// One character.
    Char(char),
    /// Text.
    Str(&'a str),
    /// Text that was longer than a record may hold.
    Cut {
        /// The part that was kept.
        text: &'a str,
        /// The length of the whole, in bytes.
        original_len: u64,
    },
    /// A span of time.
    Duration(Duration),
    /// An IP address.
    Ip(IpAddr),
    /// A moment, in nanoseconds since 1970-01-01T00:00:00Z.
    Time(i128),
    /// A structure, as JSON text.
    Json(&'a str),
}
