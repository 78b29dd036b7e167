//! Values as a script says them: the bytes that a call would write, and what must be read from them.

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use core::time::Duration;
use std::time::SystemTime;

use storyline::__private::{Absent, Encode, Json, Maybe, Rendered, Ticks};
use storyline::ValueBuf;
use storyline::fuzzing::encode;

use crate::Script;

/// The next value: its bytes, and what is read from them; nothing where the field is absent.
///
/// # Panics
///
/// When a value is not as long as it says.
pub fn next_value(
    script: &mut Script<'_>,
    limit: usize,
    nanos_per_tick: f64,
) -> (Vec<u8>, Option<ValueBuf>) {
    let kind = script.u8();
    let wide = |script: &mut Script<'_>| u128::from_le_bytes(script.array());
    match kind % 20 {
        0 => (encode(&Absent, limit), None),
        1 => some(&None::<u64>, ValueBuf::None, limit),
        2 => {
            let it = script.u8() & 1 == 1;
            some(&it, ValueBuf::Bool(it), limit)
        }
        3 => {
            let it = script.u64().cast_signed();
            some(&Some(it), ValueBuf::Int(it), limit)
        }
        4 => {
            let it = script.u64();
            some(&Maybe(Some(it)), ValueBuf::UInt(it), limit)
        }
        5 => {
            let it = wide(script).cast_signed();
            some(&it, ValueBuf::BigInt(it), limit)
        }
        6 => {
            let it = wide(script);
            some(&it, ValueBuf::BigUInt(it), limit)
        }
        7 => {
            let it = f64::from_bits(script.u64());
            some(&it, ValueBuf::Float(it), limit)
        }
        8 => {
            let it = f32::from_le_bytes(script.array());
            some(&it, ValueBuf::Float32(it), limit)
        }
        9 => {
            let it = char::from_u32(u32::from_le_bytes(script.array())).unwrap_or('\u{85}');
            some(&it, ValueBuf::Char(it), limit)
        }
        10 => rendered(script, limit),
        11 => {
            let it = Duration::new(
                script.u64(),
                u32::from_le_bytes(script.array()) % 1_000_000_000,
            );
            some(&it, ValueBuf::Duration(it), limit)
        }
        12 => {
            let it = IpAddr::V4(Ipv4Addr::from(script.array::<4>()));
            some(&it, ValueBuf::Ip(it), limit)
        }
        13 => {
            let it = IpAddr::V6(Ipv6Addr::from(script.array::<16>()));
            some(&it, ValueBuf::Ip(it), limit)
        }
        14 => moment(script, limit),
        15 => {
            let text = script.text();
            some(&Json(&text), kept(&text, limit, ValueBuf::Json), limit)
        }
        #[expect(clippy::cast_precision_loss, reason = "as the reader does")]
        16 => {
            let it = script.u64();
            let millis = it as f64 * (nanos_per_tick / 1e6);
            some(&Ticks(it), ValueBuf::Millis(millis), limit)
        }
        17 => {
            let it = i64::from(script.u8().cast_signed());
            some(&it, ValueBuf::Int(it), limit)
        }
        _ => {
            let text = script.text();
            let read = kept(&text, limit, ValueBuf::Str);
            some(&text.as_str(), read, limit)
        }
    }
}

fn rendered(script: &mut Script<'_>, limit: usize) -> (Vec<u8>, Option<ValueBuf>) {
    let text = script.text();
    let original_len = script.u64();
    let it = Rendered {
        text: &text,
        original_len,
    };
    let read = if original_len == text.len() as u64 {
        kept(&text, limit, ValueBuf::Str)
    } else {
        cut(&text, original_len, limit)
    };
    some(&it, read, limit)
}

fn moment(script: &mut Script<'_>, limit: usize) -> (Vec<u8>, Option<ValueBuf>) {
    let distance = Duration::new(script.u64() >> 2, script.u8().into());
    let nanos = distance.as_nanos().cast_signed();
    let (moment, nanos) = if script.u8() & 1 == 0 {
        (SystemTime::UNIX_EPOCH.checked_add(distance), nanos)
    } else {
        (SystemTime::UNIX_EPOCH.checked_sub(distance), -nanos)
    };
    let read = moment.map(|_| ValueBuf::Time(nanos));
    (encode(&Maybe(moment), limit), read)
}

fn some(value: &impl Encode, read: ValueBuf, limit: usize) -> (Vec<u8>, Option<ValueBuf>) {
    (encode(value, limit), Some(read))
}

/// A text that is whole when it is no longer than allowed.
fn kept(text: &str, limit: usize, whole: fn(String) -> ValueBuf) -> ValueBuf {
    if text.len() <= limit {
        whole(text.to_owned())
    } else {
        cut(text, text.len() as u64, limit)
    }
}

fn cut(text: &str, original_len: u64, limit: usize) -> ValueBuf {
    ValueBuf::Cut {
        text: text[..text.floor_char_boundary(limit)].to_owned(),
        original_len,
    }
}

/// Whether two values are the same, a number that is none included.
pub fn is_same(one: &ValueBuf, two: &ValueBuf) -> bool {
    let bits = |it: &ValueBuf| match it {
        ValueBuf::Float(it) | ValueBuf::Millis(it) => Some(it.to_bits()),
        ValueBuf::Float32(it) => Some(it.to_bits().into()),
        _ => None,
    };
    core::mem::discriminant(one) == core::mem::discriminant(two)
        && (one == two || (bits(one).is_some() && bits(one) == bits(two)))
}
