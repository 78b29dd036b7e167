//! The capture `key: hash`: a keyed hash, to tell that two records mean the same value without showing
//! it. The same text or number under the same key gives the same hash in every process and service.

use core::hash::{BuildHasher, Hasher};
use std::borrow::Cow;
use std::ffi::OsString;
use std::hash::RandomState;
use std::rc::Rc;
use std::sync::{Arc, OnceLock};

use siphasher::sip128::{Hasher128, SipHasher24};
use zeroize::Zeroize;

use super::Secret;
use crate::value::{Rendered, rendered};

/// The environment variable that holds the key when `setup` was given none.
const VARIABLE: &str = "STORYLINE_HASH_KEY";

static KEY: OnceLock<[u8; 16]> = OnceLock::new();

/// Sets the key; of any length, as long as it is the same everywhere. `false` when another key is in
/// use already, because hashes were made or a key was set.
pub(crate) fn set_key(key: &[u8]) -> bool {
    let key = shorten(key);
    KEY.set(key).is_ok() || KEY.get() == Some(&key)
}

fn key() -> &'static [u8; 16] {
    KEY.get_or_init(|| key_from(std::env::var_os(VARIABLE)))
}

/// The variable's bytes, whatever they are; a key is not always text.
fn key_from(variable: Option<OsString>) -> [u8; 16] {
    match variable {
        Some(bytes) if !bytes.is_empty() => shorten(bytes.as_encoded_bytes()),
        _ => {
            // Hashes of this process then compare with each other and with no other process's.
            let random = RandomState::new();
            let halves = [random.hash_one(0_u8), random.hash_one(1_u8)];
            halves
                .map(u64::to_le_bytes)
                .concat()
                .try_into()
                .unwrap_or_default()
        }
    }
}

fn shorten(key: &[u8]) -> [u8; 16] {
    let mut hasher = SipHasher24::new_with_key(b"storyline hash 1");
    hasher.write(key);
    hasher.finish128().as_bytes()
}

/// The capture of `key: hash`: `h:` and 64 bits of SipHash-2-4-128 in hexadecimal, `None` for an
/// empty `Option`.
pub fn hash<T: HashInput + ?Sized>(value: &T) -> Option<Rendered> {
    let mut hasher = SipHasher24::new_with_key(key());
    value.feed_to_hash(&mut hasher).then(|| {
        let bits = hasher.finish128().h1;
        rendered(&mut |out| write!(out, "h:{bits:016x}"))
    })
}

/// What can be hashed. A number and its text have the same hash.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be hashed for a record",
    label = "not a whole number, text, bytes, a secret or an `Option` of one",
    note = "hash what tells it from others, such as `key: hash = value.id`, or write `key: redact = value` to leave it out"
)]
pub trait HashInput {
    /// Feeds the value; `false` when there is none.
    fn feed_to_hash(&self, hasher: &mut SipHasher24) -> bool;
}

#[diagnostic::do_not_recommend]
impl HashInput for [u8] {
    fn feed_to_hash(&self, hasher: &mut SipHasher24) -> bool {
        hasher.write(self);
        true
    }
}

#[diagnostic::do_not_recommend]
impl<const N: usize> HashInput for [u8; N] {
    fn feed_to_hash(&self, hasher: &mut SipHasher24) -> bool {
        self.as_slice().feed_to_hash(hasher)
    }
}

#[diagnostic::do_not_recommend]
impl HashInput for Vec<u8> {
    fn feed_to_hash(&self, hasher: &mut SipHasher24) -> bool {
        self.as_slice().feed_to_hash(hasher)
    }
}

#[diagnostic::do_not_recommend]
impl HashInput for str {
    fn feed_to_hash(&self, hasher: &mut SipHasher24) -> bool {
        self.as_bytes().feed_to_hash(hasher)
    }
}

#[diagnostic::do_not_recommend]
impl HashInput for String {
    fn feed_to_hash(&self, hasher: &mut SipHasher24) -> bool {
        self.as_bytes().feed_to_hash(hasher)
    }
}

#[diagnostic::do_not_recommend]
impl HashInput for Cow<'_, str> {
    fn feed_to_hash(&self, hasher: &mut SipHasher24) -> bool {
        self.as_bytes().feed_to_hash(hasher)
    }
}

#[diagnostic::do_not_recommend]
impl HashInput for char {
    fn feed_to_hash(&self, hasher: &mut SipHasher24) -> bool {
        self.encode_utf8(&mut [0; 4]).feed_to_hash(hasher)
    }
}

macro_rules! integers {
    ($($type:ty)*) => {$(
        #[diagnostic::do_not_recommend]
        impl HashInput for $type {
            fn feed_to_hash(&self, hasher: &mut SipHasher24) -> bool {
                itoa::Buffer::new().format(*self).feed_to_hash(hasher)
            }
        }
    )*};
}

integers!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);

#[diagnostic::do_not_recommend]
impl<T: HashInput> HashInput for Option<T> {
    fn feed_to_hash(&self, hasher: &mut SipHasher24) -> bool {
        self.as_ref().is_some_and(|it| it.feed_to_hash(hasher))
    }
}

#[diagnostic::do_not_recommend]
impl<T: HashInput + Zeroize> HashInput for Secret<T> {
    fn feed_to_hash(&self, hasher: &mut SipHasher24) -> bool {
        self.expose().feed_to_hash(hasher)
    }
}

macro_rules! through {
    ($($type:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl<T: HashInput + ?Sized> HashInput for $type {
            fn feed_to_hash(&self, hasher: &mut SipHasher24) -> bool {
                T::feed_to_hash(self, hasher)
            }
        }
    )*};
}

through!(&T, &mut T, Box<T>, Rc<T>, Arc<T>);

#[cfg(test)]
mod tests {
    use super::*;

    fn text<T: HashInput + ?Sized>(value: &T) -> Option<String> {
        hash(value).map(|it| it.text().to_owned())
    }

    #[test]
    fn the_same_value_has_the_same_hash_whatever_holds_it() {
        let plain = text("4711").expect("a value");
        assert_eq!(text(&"4711".to_owned()).as_ref(), Some(&plain));
        assert_eq!(text(&4711_u64).as_ref(), Some(&plain));
        assert_eq!(text(&Some(4711_i32)).as_ref(), Some(&plain));
        assert_eq!(text(b"4711").as_ref(), Some(&plain));
        assert_eq!(text(&Secret::new("4711".to_owned())).as_ref(), Some(&plain));
        assert_ne!(text("4712").as_ref(), Some(&plain));
        assert_eq!(text(&None::<u8>), None);
    }

    #[test]
    fn a_hash_is_short_and_says_what_it_is() {
        let text = text("x").expect("a value");
        let (mark, digits) = text.split_at(2);
        assert_eq!(mark, "h:");
        assert_eq!(digits.len(), 16);
        assert!(digits.bytes().all(|it| it.is_ascii_hexdigit()));
    }

    #[test]
    fn a_key_in_the_environment_need_not_be_text() {
        use std::os::unix::ffi::OsStringExt;

        let bytes = b"\xff\x00\xfe key";
        let key = key_from(Some(OsString::from_vec(bytes.to_vec())));
        assert_eq!(key, shorten(bytes));
        let random = key_from(None);
        assert_ne!(random, key_from(None));
        assert_ne!(key_from(Some(OsString::new())), shorten(b""));
    }

    #[test]
    fn keys_of_any_length_differ() {
        assert_ne!(shorten(b""), shorten(b"a"));
        assert_ne!(shorten(b"0123456789abcdef"), shorten(b"0123456789abcdef0"));
        assert_eq!(shorten(b"a"), shorten(b"a"));
    }
}
