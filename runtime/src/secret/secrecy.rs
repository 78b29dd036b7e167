//! The types of the crate `secrecy`: no capture shows one, the marks `redact`, `mask` and `hash` take them.
//! What a mark needs of the secret it reads by `expose_secret`, and keeps none of it. Hot.

use secrecy::{ExposeSecret, SecretBox};
use siphasher::sip128::SipHasher24;
use zeroize::Zeroize;

use super::{HashInput, MARK, MaskInput};
use crate::value::Capture;

/// No type has it, as none has [`MayBeLogged`](super::MayBeLogged): what is asked for it is inside a secret.
#[diagnostic::on_unimplemented(
    message = "a `SecretBox<{Self}>` is kept out of the log",
    label = "a secret",
    note = "write `key: redact = value`, `key: mask(last = 4) = value` or `key: hash = value`"
)]
pub trait MayBeExposed {}

#[doc(hidden)]
impl<T: Zeroize + MayBeExposed + ?Sized> Capture for SecretBox<T> {
    type Wire<'a>
        = &'static str
    where
        Self: 'a;

    fn capture(&self) -> &'static str {
        MARK
    }
}

impl<T: MaskInput + Zeroize + ?Sized> MaskInput for SecretBox<T> {
    fn with_text(&self, take: &mut dyn FnMut(&str)) {
        self.expose_secret().with_text(take);
    }
}

impl<T: HashInput + Zeroize + ?Sized> HashInput for SecretBox<T> {
    fn feed(&self, hasher: &mut SipHasher24) -> bool {
        self.expose_secret().feed(hasher)
    }
}
