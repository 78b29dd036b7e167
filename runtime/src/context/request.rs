//! Request ids: what is accepted from outside, new ones, and the scope of a request on a thread.

use core::fmt;
use core::str::FromStr;

use crate::error::debug_is_display;

use super::random::random_wide;
use super::{Context, ContextGuard};

/// The most characters a request id may have.
const MAX_LEN: usize = 128;

/// Characters of a new id: 16 of 32 possible ones are 80 bits.
const NEW_LEN: usize = 16;

/// No vowels but `a` and `e`, so that chance writes few words, and nothing that reads like a digit.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// An id that may stand in a record: 1 to 128 characters of `A-Z a-z 0-9 . _ : -`.
///
/// Whatever else comes from outside could forge fields or lines, or be a megabyte.
///
/// ```
/// use storyline::RequestId;
///
/// let id: RequestId = "checkout-7f3a".parse()?;
/// assert_eq!(id.as_str(), "checkout-7f3a");
/// assert_eq!("two words".parse::<RequestId>().unwrap_err().length(), 9);
/// assert_ne!(RequestId::random(), RequestId::random());
/// # Ok::<(), storyline::InvalidRequestId>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RequestId(Box<str>);

impl RequestId {
    /// A new id: 16 characters with 80 random bits.
    pub fn random() -> Self {
        let mut bits = random_wide();
        let mut text = String::with_capacity(NEW_LEN);
        for _ in 0..NEW_LEN {
            let index = usize::try_from(bits & 31).unwrap_or_default();
            text.push(char::from(ALPHABET[index]));
            bits >>= 5;
        }
        Self(text.into())
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Accepts an id that came from outside, or replaces it and gives the length of what was
    /// refused. The text itself must reach nobody.
    pub(crate) fn accept(bytes: &[u8]) -> (Self, Option<usize>) {
        match Self::check(bytes) {
            Ok(text) => (Self(text.into()), None),
            Err(InvalidRequestId { length }) => (Self::random(), Some(length)),
        }
    }

    fn check(bytes: &[u8]) -> Result<&str, InvalidRequestId> {
        let refused = InvalidRequestId {
            length: bytes.len(),
        };
        if bytes.is_empty() || bytes.len() > MAX_LEN || !bytes.iter().all(|&it| is_allowed(it)) {
            return Err(refused);
        }
        core::str::from_utf8(bytes).map_err(|_| refused)
    }
}

const fn is_allowed(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b':' | b'-')
}

impl FromStr for RequestId {
    type Err = InvalidRequestId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::check(text.as_bytes()).map(|text| Self(text.into()))
    }
}

impl AsRef<str> for RequestId {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// The text is no request id. It is not kept: it came from outside.
///
/// ```
/// let error = "two words".parse::<storyline::RequestId>().unwrap_err();
/// assert!(error.to_string().starts_with("a text of 9 bytes is no request id: use 1 to 128 characters"));
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct InvalidRequestId {
    length: usize,
}

impl InvalidRequestId {
    /// Bytes of the text that was refused.
    pub fn length(self) -> usize {
        self.length
    }
}

impl fmt::Display for InvalidRequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "a text of {} bytes is no request id: use 1 to {MAX_LEN} characters of A-Z a-z 0-9 . _ : -",
            self.length
        )
    }
}

debug_is_display!(InvalidRequestId);

impl std::error::Error for InvalidRequestId {}

/// Puts this thread inside a request until the guard is dropped: every record carries its id.
///
/// An id from outside is checked (see [`RequestId`]); one that is refused is replaced by a new one,
/// with a WARNING `invalid_request_id` that tells its length and never its text. For a future write
/// [`.in_request(id)`](super::FutureExt::in_request): a guard is not for holding across an `.await`.
///
/// ```
/// use storyline::testing::capture;
///
/// let logged = capture(|| {
///     let request = storyline::request_scope("abc123");
///     assert_eq!(request.id(), "abc123");
///     storyline::info!("order_created");
/// });
/// logged.assert_logged("order_created").in_request("abc123");
/// ```
pub fn request_scope(id: impl AsRef<str>) -> RequestGuard {
    let (id, refused) = RequestId::accept(id.as_ref().as_bytes());
    let guard = Context::current().with_request(&id).enter();
    if let Some(length) = refused {
        super::report::refused_request_id(length);
    }
    RequestGuard { id, _guard: guard }
}

/// Keeps a thread inside a request; dropping it leaves the request. Made by [`request_scope`].
///
/// ```
/// let request = storyline::request_scope("two words");
/// assert_ne!(request.id(), "two words"); // refused and replaced
/// drop(request);
/// assert_eq!(storyline::Context::current().request_id(), None);
/// ```
#[derive(Debug)]
#[must_use = "the request is left again as soon as the guard is dropped; bind it to a name: `let _request = ...`"]
pub struct RequestGuard {
    id: RequestId,
    _guard: ContextGuard,
}

impl RequestGuard {
    /// The id in use: the one that was given, or the new one when that was refused.
    pub fn id(&self) -> &str {
        self.id.as_str()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_what_is_allowed_at_both_ends_of_the_length() {
        for good in ["a", "A.b_c:d-9", &"x".repeat(MAX_LEN)] {
            assert_eq!(RequestId::accept(good.as_bytes()).1, None, "{good}");
        }
    }

    #[test]
    fn replaces_everything_else_and_tells_the_length_only() {
        let long = "x".repeat(100_000);
        for bad in [
            "",
            " ",
            "a b",
            "a\nb",
            "é",
            "a\0",
            "a=b",
            "a|b",
            long.as_str(),
        ] {
            let (id, refused) = RequestId::accept(bad.as_bytes());
            assert_eq!(refused, Some(bad.len()));
            assert_eq!(id.as_str().len(), NEW_LEN);
            let error = bad.parse::<RequestId>().expect_err("refused");
            assert_eq!(error.length(), bad.len());
        }
        assert_eq!(RequestId::accept(b"\xff\xfe").1, Some(2));
    }

    #[test]
    fn every_byte_is_judged_as_the_rule_says() {
        for byte in 0..=u8::MAX {
            let allowed = char::from(byte).is_ascii_alphanumeric() || b"._:-".contains(&byte);
            assert_eq!(RequestId::accept(&[byte]).1.is_none(), allowed, "{byte}");
        }
    }

    #[test]
    fn new_ids_are_valid_and_differ() {
        let ids: std::collections::BTreeSet<_> = (0..10_000).map(|_| RequestId::random()).collect();
        assert_eq!(ids.len(), 10_000);
        for id in &ids {
            assert!(id.as_str().parse::<RequestId>().is_ok());
        }
    }
}
