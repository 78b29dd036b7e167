//! What may be logged as it stands. Hot: turning a value into its wire form copies nothing but
//! numbers and references.

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};
use core::time::Duration;
use std::borrow::Cow;
use std::rc::Rc;
use std::sync::Arc;
use std::time::SystemTime;

use super::rendered::{Rendered, capture_display};
use crate::wire::Encode;

/// A type whose values can be logged without a mark.
///
/// Implement it for a type of your own by naming the form it travels in:
///
/// ```
/// use storyline::Capture;
///
/// struct UserId(u64);
///
/// impl Capture for UserId {
///     type Wire<'a> = u64;
///
///     fn capture(&self) -> u64 {
///         self.0
///     }
/// }
///
/// let user_id = UserId(7);
/// let logged = storyline::testing::capture(|| storyline::info!("user_seen", user_id));
/// logged.assert_logged("user_seen").with("user_id", 7);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be logged as it stands",
    label = "not a number, text, time, address or `Option` of one",
    note = "write `?value` for its Debug, as of a list, `%value` for its Display; for a path, `key = %value.display()`",
    note = "for an error, write `key: error = value`: its text and those of its causes; where it fills a hole, behind the text: `\"... {{error}}\", error: error = value`",
    note = "for a structure, derive `storyline::Fields`: `..value` records its members under their names, and `key: fields = value` with `key.` in front; to keep it whole, `key: serde = value`",
    note = "for a `#[state_machine]` enum, write `key = value.state_name()`, with `use storyline::Machine as _;`",
    note = "for a secret, write `key: redact = value`, or `key: hash = value` to tell equal ones"
)]
pub trait Capture {
    /// What is copied onto the wire.
    type Wire<'a>: Encode
    where
        Self: 'a;

    /// Whether [`capture`](Self::capture) is this crate's own down to the bottom: then it runs no code that anyone
    /// could notice, and may run before it is known whether its record is wanted.
    #[doc(hidden)]
    const IS_BUILT_IN: bool = false;

    /// The form to copy.
    fn capture(&self) -> Self::Wire<'_>;
}

/// The door for generated code: a free function, so that a missing implementation is reported in
/// the words of [`Capture`]. The wire form is a parameter of its own: as a projection it would be asked
/// for again where it is used, and the same mistake reported twice.
#[inline(always)]
pub fn capture<'a, T: Capture<Wire<'a> = W> + ?Sized, W>(value: &'a T) -> W {
    value.capture()
}

macro_rules! plain {
    ($($type:ty => $wire:ty;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl Capture for $type {
            type Wire<'a> = $wire;
            const IS_BUILT_IN: bool = true;

            #[inline(always)]
            fn capture(&self) -> $wire {
                <$wire>::from(*self)
            }
        }
    )*};
}

plain! {
    i8 => i64; i16 => i64; i32 => i64; i64 => i64; i128 => i128;
    u8 => u64; u16 => u64; u32 => u64; u64 => u64; u128 => u128;
    f32 => f32; f64 => f64; bool => bool; char => char;
    Duration => Duration; SystemTime => SystemTime;
    IpAddr => IpAddr; Ipv4Addr => Ipv4Addr; Ipv6Addr => Ipv6Addr;
}

#[diagnostic::do_not_recommend]
impl Capture for usize {
    type Wire<'a> = u64;
    const IS_BUILT_IN: bool = true;

    #[inline(always)]
    fn capture(&self) -> u64 {
        *self as u64
    }
}

#[diagnostic::do_not_recommend]
impl Capture for isize {
    type Wire<'a> = i64;
    const IS_BUILT_IN: bool = true;

    #[inline(always)]
    fn capture(&self) -> i64 {
        *self as i64
    }
}

macro_rules! nonzero {
    ($($type:ident => $wire:ty;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl Capture for core::num::$type {
            type Wire<'a> = $wire;
            const IS_BUILT_IN: bool = true;

            #[inline(always)]
            fn capture(&self) -> $wire {
                self.get().capture()
            }
        }
    )*};
}

nonzero! {
    NonZeroI8 => i64; NonZeroI16 => i64; NonZeroI32 => i64; NonZeroI64 => i64; NonZeroI128 => i128;
    NonZeroU8 => u64; NonZeroU16 => u64; NonZeroU32 => u64; NonZeroU64 => u64; NonZeroU128 => u128;
    NonZeroUsize => u64; NonZeroIsize => i64;
}

macro_rules! text {
    ($($type:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl Capture for $type {
            type Wire<'a> = &'a str where Self: 'a;
            const IS_BUILT_IN: bool = true;

            #[inline(always)]
            fn capture(&self) -> &str {
                self
            }
        }
    )*};
}

text!(str, String, Cow<'_, str>);

macro_rules! with_port {
    ($($type:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl Capture for $type {
            type Wire<'a> = Rendered;

            #[inline]
            fn capture(&self) -> Rendered {
                capture_display(self)
            }
        }
    )*};
}

with_port!(SocketAddr, SocketAddrV4, SocketAddrV6);

macro_rules! through {
    ($($type:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl<T: Capture + ?Sized> Capture for $type {
            type Wire<'a> = T::Wire<'a> where Self: 'a;
            const IS_BUILT_IN: bool = T::IS_BUILT_IN;

            #[inline(always)]
            fn capture(&self) -> T::Wire<'_> {
                T::capture(self)
            }
        }
    )*};
}

through!(&T, &mut T, Box<T>, Rc<T>, Arc<T>);

#[diagnostic::do_not_recommend]
impl<T: Capture> Capture for Option<T> {
    type Wire<'a>
        = Option<T::Wire<'a>>
    where
        Self: 'a;
    const IS_BUILT_IN: bool = T::IS_BUILT_IN;

    #[inline(always)]
    fn capture(&self) -> Option<T::Wire<'_>> {
        Some(self.as_ref()?.capture())
    }
}
