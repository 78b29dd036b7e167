//! Structures under a key that makes secrets of some names: `number` is none, and `card.number` is one. What the call
//! knows of its key meets what the derive knows of its members when the call is compiled; no code remains of it.

use super::Fields;

/// A key in front of those of a structure. Written by the macros, where it matters which members there are.
pub trait Holder {
    /// The key itself.
    const KEY: &'static str;
    /// How the names of members begin that are those of secrets under it.
    const TAILS: &'static [&'static str];
}

/// The door for `order: fields` under such a key. The panic stands here, so that the compiler shows no calls beside it.
#[inline(always)]
pub fn capture_fields_under<'a, H: Holder, T: Fields<Wire<'a> = W> + ?Sized, W>(value: &'a T) -> W {
    const {
        if let Some(text) = message::<H>(T::WEAK) {
            panic!("{}", text.as_str());
        }
    };
    value.capture_fields()
}

/// What is said about a member that has the name of a secret under this key.
pub(super) const fn message<H: Holder>(weak: &[(&str, &str)]) -> Option<Text> {
    let mut at = 0;
    while at < weak.len() {
        let (tail, member) = weak[at];
        let mut other = 0;
        while other < H::TAILS.len() {
            if equal(H::TAILS[other], tail) {
                return Some(message_of(H::KEY, member));
            }
            other += 1;
        }
        at += 1;
    }
    None
}

const fn message_of(key: &str, member: &str) -> Text {
    Text::new()
        .with("`")
        .with(key)
        .with(": fields` would record `")
        .with(key)
        .with(".")
        .with(member)
        .with("`, which names a secret: where the structure derives `Fields`, mark its member `")
        .with(member)
        .with("` with `#[field(redact)]`, `#[field(hash)]`, `#[field(skip)]` or `#[field(reveal = \"<reason>\")]`, or list here which members are recorded")
}

const fn equal(left: &str, right: &str) -> bool {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    if left.len() != right.len() {
        return false;
    }
    let mut at = 0;
    while at < left.len() {
        if left[at] != right[at] {
            return false;
        }
        at += 1;
    }
    true
}

/// A text that is put together while the program is compiled; two keys have 255 bytes at most.
pub(super) struct Text {
    bytes: [u8; 1280],
    len: usize,
}

impl Text {
    const fn new() -> Self {
        Self {
            bytes: [0; 1280],
            len: 0,
        }
    }

    const fn with(mut self, text: &str) -> Self {
        let text = text.as_bytes();
        let mut at = 0;
        while at < text.len() {
            self.bytes[self.len] = text[at];
            self.len += 1;
            at += 1;
        }
        self
    }

    pub(super) const fn as_str(&self) -> &str {
        match core::str::from_utf8(self.bytes.split_at(self.len).0) {
            Ok(text) => text,
            Err(_) => "a member of this structure names a secret under this key",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    enum Card {}

    impl Holder for Card {
        const KEY: &'static str = "card";
        const TAILS: &'static [&'static str] = &["no", "number"];
    }

    #[test]
    fn only_a_name_that_both_sides_know_is_refused() {
        for weak in [
            &[][..],
            &[("id", "id"), ("key", "key")],
            &[("numbe", "numbe")],
        ] {
            assert!(message::<Card>(weak).is_none());
        }
        let refused = message::<Card>(&[("id", "id"), ("number", "number_of")]).expect("a message");
        let text = refused.as_str();
        assert!(
            text.starts_with(
                "`card: fields` would record `card.number_of`, which names a secret: "
            ),
            "{text}"
        );
        assert!(text.contains("mark its member `number_of` with"), "{text}");
    }

    #[test]
    fn the_longest_keys_fit() {
        let key = "k".repeat(255);
        let message = message_of(&key, &key);
        assert!(message.as_str().ends_with("which members are recorded"));
    }
}
