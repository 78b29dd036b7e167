//! Which names tell of a secret: the rules by which the macros refuse a field, for keys that are known
//! at run time only. The macro crate holds them and hands over their source, so that there is one table.

use core::cell::RefCell;
use std::collections::HashMap;

storyline_macros::secret_rules!();

/// What the package of a call site says of names beyond the table; each is words with a space between. Written
/// by the macros, so that a structure is judged as its fields would be at the same place.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    /// Phrases that are secrets, too.
    pub forbid: &'static [&'static str],
    /// Names that are none.
    pub allow: &'static [&'static str],
}

/// Nothing beyond the table.
pub(crate) static TABLE_ALONE: Words = Words {
    forbid: &[],
    allow: &[],
};

/// Names of fields are few, but nothing says so.
const MOST_KNOWN: usize = 4096;

thread_local! {
    /// What was judged before, by the places of the text and of the words: to judge a name anew takes microseconds.
    static KNOWN: RefCell<HashMap<(usize, usize, usize), bool>> = RefCell::default();
}

/// Whether a name tells of a secret.
pub(crate) fn is_secret(name: &str, words: &Words) -> bool {
    let extra = words::Extra {
        forbid: words.forbid,
        allow: words.allow,
    };
    words::secret_in(name, extra).is_some()
}

/// The same for a name that stays where it is, which is judged once.
pub(crate) fn is_secret_field(name: &'static str, words: &'static Words) -> bool {
    let known = KNOWN.try_with(|known| {
        let mut known = known.try_borrow_mut().ok()?;
        let place = (
            name.as_ptr().addr(),
            name.len(),
            core::ptr::from_ref(words).addr(),
        );
        if let Some(&judged) = known.get(&place) {
            return Some(judged);
        }
        let judged = is_secret(name, words);
        if known.len() < MOST_KNOWN {
            known.insert(place, judged);
        }
        Some(judged)
    });
    // The thread is ending and what it knew is gone.
    known
        .ok()
        .flatten()
        .unwrap_or_else(|| is_secret(name, words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_judged_alike_each_time_and_by_all_of_it() {
        const NAME: &str = "password_count";
        for _ in 0..2 {
            assert!(!is_secret_field(NAME, &TABLE_ALONE));
            assert!(is_secret_field(&NAME[..8], &TABLE_ALONE));
            assert!(!is_secret_field(&NAME[9..], &TABLE_ALONE));
        }
        assert!(is_secret("userPassword", &TABLE_ALONE));
        assert!(!is_secret("monkey", &TABLE_ALONE));
    }

    #[test]
    fn a_name_is_judged_by_the_words_of_each_place() {
        static OWN: Words = Words {
            forbid: &["member number"],
            allow: &["pin"],
        };
        for _ in 0..2 {
            assert!(is_secret_field("memberNumber", &OWN));
            assert!(!is_secret_field("pin", &OWN));
            assert!(is_secret_field("password", &OWN));
            for (name, secret) in [("memberNumber", false), ("pin", true)] {
                assert_eq!(is_secret_field(name, &TABLE_ALONE), secret);
            }
        }
    }
}
