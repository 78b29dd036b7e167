//! How values become bytes on the caller's thread. Hot: copies only.
//!
//! A call's values are a nested pair, `(first, (second, ()))`, so one generic implementation covers
//! any number of fields and all sites of the same shape share one function.

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use core::time::Duration;
use std::time::SystemTime;

use super::kinds::{Kind, Kinds, One, Optional};
use super::{Out, Tag};

/// A value that can be copied onto the wire. Sealed: users implement [`Capture`](crate::Capture)
/// by naming one of these as its wire form.
pub trait Encode: sealed::Sealed {
    /// What the compiler knows of it.
    type Kinds: Kinds;

    /// Bytes that [`encode`](Self::encode) writes when no text may keep more than `limit` bytes.
    fn size(&self, limit: usize) -> usize;

    /// Writes exactly [`size`](Self::size) bytes.
    fn encode(&self, limit: usize, out: &mut Out<'_>);

    /// Learns what has become of the record that these are the values of; only what holds records back asks.
    #[inline(always)]
    fn settle(&self, is_written: bool) {
        let _ = is_written;
    }
}

pub(crate) mod sealed {
    pub trait Sealed {}
}

/// The field is left out of this record.
#[derive(Clone, Copy, Debug)]
pub struct Absent;

/// A value that may be missing: `None` leaves the field out, while a captured `Option` shows it as
/// `null`.
#[derive(Clone, Copy, Debug)]
pub struct Maybe<T>(pub Option<T>);

/// A measured duration in ticks of the runtime's clock; a record shows it in milliseconds.
#[derive(Clone, Copy, Debug)]
pub struct Ticks(pub u64);

macro_rules! fixed {
    ($($type:ty => $kind:ident $tag:ident, $size:expr, |$it:ident| $bytes:expr;)*) => {$(
        impl sealed::Sealed for $type {}
        impl Encode for $type {
            type Kinds = One<{ Kind::$kind as u8 }>;

            #[inline(always)]
            fn size(&self, _: usize) -> usize {
                1 + $size
            }

            #[inline(always)]
            fn encode(&self, _: usize, out: &mut Out<'_>) {
                let $it = *self;
                out.put_tagged(Tag::$tag as u8, $bytes);
            }
        }
    )*};
}

fixed! {
    i64 => Int Int, 8, |it| it.to_le_bytes();
    u64 => UInt UInt, 8, |it| it.to_le_bytes();
    i128 => BigInt BigInt, 16, |it| it.to_le_bytes();
    u128 => BigUInt BigUInt, 16, |it| it.to_le_bytes();
    f64 => Float Float, 8, |it| it.to_bits().to_le_bytes();
    f32 => Float32 Float32, 4, |it| it.to_bits().to_le_bytes();
    char => Char Char, 4, |it| u32::from(it).to_le_bytes();
    Ticks => Millis Ticks, 8, |it| it.0.to_le_bytes();
    Ipv4Addr => Ip Ipv4, 4, |it| it.octets();
    Ipv6Addr => Ip Ipv6, 16, |it| it.octets();
    SystemTime => Time Time, 16, |it| nanos_since_epoch(it).to_le_bytes();
    Absent => Absent Absent, 0, |_it| [];
}

fn nanos_since_epoch(time: SystemTime) -> i128 {
    match time.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(after) => i128::try_from(after.as_nanos()).unwrap_or(i128::MAX),
        Err(before) => i128::try_from(before.duration().as_nanos()).map_or(i128::MIN, |it| -it),
    }
}

impl sealed::Sealed for bool {}
impl Encode for bool {
    type Kinds = One<{ Kind::Bool as u8 }>;

    #[inline(always)]
    fn size(&self, _: usize) -> usize {
        1
    }

    #[inline(always)]
    fn encode(&self, _: usize, out: &mut Out<'_>) {
        out.put([if *self { Tag::True } else { Tag::False } as u8]);
    }
}

impl sealed::Sealed for Duration {}
impl Encode for Duration {
    type Kinds = One<{ Kind::Duration as u8 }>;

    #[inline(always)]
    fn size(&self, _: usize) -> usize {
        13
    }

    #[inline(always)]
    fn encode(&self, _: usize, out: &mut Out<'_>) {
        out.put([Tag::Duration as u8]);
        out.put(self.as_secs().to_le_bytes());
        out.put(self.subsec_nanos().to_le_bytes());
    }
}

impl sealed::Sealed for IpAddr {}
impl Encode for IpAddr {
    type Kinds = One<{ Kind::Ip as u8 }>;

    #[inline(always)]
    fn size(&self, limit: usize) -> usize {
        match self {
            Self::V4(it) => it.size(limit),
            Self::V6(it) => it.size(limit),
        }
    }

    #[inline(always)]
    fn encode(&self, limit: usize, out: &mut Out<'_>) {
        match self {
            Self::V4(it) => it.encode(limit, out),
            Self::V6(it) => it.encode(limit, out),
        }
    }
}

impl<T: Encode> sealed::Sealed for Option<T> {}
impl<T: Encode> Encode for Option<T> {
    type Kinds = Optional<T::Kinds>;

    #[inline(always)]
    fn size(&self, limit: usize) -> usize {
        match self {
            Some(it) => it.size(limit),
            None => 1,
        }
    }

    #[inline(always)]
    fn encode(&self, limit: usize, out: &mut Out<'_>) {
        match self {
            Some(it) => it.encode(limit, out),
            None => out.put([Tag::None as u8]),
        }
    }
}

impl<T: Encode> sealed::Sealed for Maybe<T> {}
impl<T: Encode> Encode for Maybe<T> {
    type Kinds = T::Kinds;

    #[inline(always)]
    fn size(&self, limit: usize) -> usize {
        match &self.0 {
            Some(it) => it.size(limit),
            None => Absent.size(limit),
        }
    }

    #[inline(always)]
    fn encode(&self, limit: usize, out: &mut Out<'_>) {
        match &self.0 {
            Some(it) => it.encode(limit, out),
            None => Absent.encode(limit, out),
        }
    }
}

impl sealed::Sealed for () {}
impl Encode for () {
    type Kinds = ();

    #[inline(always)]
    fn size(&self, _: usize) -> usize {
        0
    }

    #[inline(always)]
    fn encode(&self, _: usize, _: &mut Out<'_>) {}
}

impl<A: Encode, B: Encode> sealed::Sealed for (A, B) {}
impl<A: Encode, B: Encode> Encode for (A, B) {
    type Kinds = (A::Kinds, B::Kinds);

    #[inline(always)]
    fn size(&self, limit: usize) -> usize {
        self.0.size(limit) + self.1.size(limit)
    }

    #[inline(always)]
    fn encode(&self, limit: usize, out: &mut Out<'_>) {
        self.0.encode(limit, out);
        self.1.encode(limit, out);
    }

    #[inline(always)]
    fn settle(&self, is_written: bool) {
        self.0.settle(is_written);
        self.1.settle(is_written);
    }
}
