//! The second net against secrets in logs: a type that cannot be captured, and the captures that keep
//! a value out of the record. Hot: `redact` looks at nothing, `mask` and `hash` allocate nothing after
//! a thread's first use.

mod hash;
mod mask;
mod rules;
#[cfg(feature = "secrecy")]
mod secrecy;

use core::fmt;

use zeroize::Zeroize;

pub use hash::hash;
pub use mask::mask;

pub(crate) use hash::{HashInput, set_key};
pub(crate) use mask::MaskInput;
pub use rules::Words;
pub(crate) use rules::{Holder, TABLE_ALONE, is_secret, is_secret_field};

/// What stands in a record in place of a value that was left out.
pub(crate) const MARK: &str = "[redacted]";

/// The capture `key: redact`: any value, never looked at.
#[inline(always)]
pub fn redact<T: ?Sized>(_: &T) -> &'static str {
    MARK
}

/// A value that no log shows by accident.
///
/// With the feature `secrecy` its types `SecretBox` and `SecretString` are treated alike.
///
/// It cannot be captured as it stands, has no `Display`, no `Serialize`, and a `Debug` that prints a
/// mark, so that it stays out of a derived `Debug`, too. The captures `redact`, `mask` and `hash` take
/// it. It can be deserialised, as from a configuration. Its memory is overwritten when it is dropped.
///
/// ```
/// use storyline::{Secret, testing::capture};
///
/// let password = Secret::new(String::from("correct horse"));
/// assert_eq!(format!("{password:?}"), "Secret([redacted])");
/// assert_eq!(password.expose().len(), 13);
///
/// let logged = capture(|| storyline::info!("login_tried", user_id = 7, password: redact));
/// logged.assert_logged("login_tried").with("password", "[redacted]");
/// ```
///
/// ```compile_fail
/// # let password = storyline::Secret::new(String::from("correct horse"));
/// storyline::info!("login_tried", login = password); // cannot be logged as it stands
/// ```
pub struct Secret<T: Zeroize>(T);

impl<T: Zeroize> Secret<T> {
    /// Takes a value in. Copies that were made before are out of reach.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value itself, for the code that needs it.
    pub const fn expose(&self) -> &T {
        &self.0
    }
}

impl<T: Zeroize> Drop for Secret<T> {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl<T: Zeroize> From<T> for Secret<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T: Zeroize + Clone> Clone for Secret<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T: Zeroize> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secret({MARK})")
    }
}

impl<'de, T: Zeroize + serde_core::Deserialize<'de>> serde_core::Deserialize<'de> for Secret<T> {
    fn deserialize<D: serde_core::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        T::deserialize(input).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    #[test]
    fn a_secret_shows_a_mark_wherever_it_is_nested() {
        #[derive(Debug)]
        #[expect(dead_code, reason = "only its Debug is looked at")]
        struct Login {
            user: &'static str,
            password: Secret<String>,
        }
        let login = Login {
            user: "ada",
            password: Secret::new("hunter2".to_owned()),
        };
        let text = format!("{login:?} {login:#?} {:?}", Some(login.password.clone()));
        assert!(!text.contains("hunter2"), "{text}");
        assert!(text.contains("Secret([redacted])"), "{text}");
    }

    #[test]
    fn a_secret_is_overwritten_when_it_is_dropped() {
        struct Witness(Arc<AtomicBool>);
        impl Zeroize for Witness {
            fn zeroize(&mut self) {
                self.0.store(true, Ordering::SeqCst);
            }
        }
        let wiped = Arc::new(AtomicBool::new(false));
        drop(Secret::new(Witness(Arc::clone(&wiped))));
        assert!(wiped.load(Ordering::SeqCst));
    }

    #[test]
    fn redact_takes_any_type() {
        struct Opaque;
        assert_eq!(redact(&Opaque), "[redacted]");
        assert_eq!(redact("text"), "[redacted]");
        assert_eq!(redact(&Secret::new(7_u32)), "[redacted]");
    }
}
