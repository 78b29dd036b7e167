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
    /// The key of the structure, where some names are secrets only under it.
    pub holder: &'static str,
}

/// Nothing beyond the table.
pub(crate) static TABLE_ALONE: Words = Words {
    forbid: &[],
    allow: &[],
    holder: "",
};

/// The key in whose value a name stands.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Holder<'a> {
    /// One that stays where it is; empty where there is none.
    Fixed(&'static str),
    /// One of a map.
    Written(&'a str),
}

/// Names of fields are few, but nothing says so.
const MOST_KNOWN: usize = 4096;

/// A text that stays where it is, by its place.
type Place = (usize, usize);

thread_local! {
    /// What was judged before, by the places of the holder, of the name and of the words: to judge a name anew takes
    /// microseconds.
    static KNOWN: RefCell<HashMap<(Place, Place, usize), bool>> = RefCell::default();
}

/// Whether a name tells of a secret, alone or together with what holds it.
pub(crate) fn is_secret(holder: Holder<'_>, name: &str, words: &Words) -> bool {
    let extra = words::Extra {
        forbid: words.forbid,
        allow: words.allow,
    };
    let (Holder::Fixed(holder) | Holder::Written(holder)) = holder;
    words::secret_in(name, extra).is_some()
        || (!holder.is_empty() && words::secret_under(holder, name, extra).is_some())
}

/// The same for a name that stays where it is, which is judged once under a holder that does so, too.
pub(crate) fn is_secret_field(
    holder: Holder<'_>,
    name: &'static str,
    words: &'static Words,
) -> bool {
    let judge = || is_secret(holder, name, words);
    let Holder::Fixed(fixed) = holder else {
        return judge();
    };
    let known = KNOWN.try_with(|known| {
        let mut known = known.try_borrow_mut().ok()?;
        let place = (
            (fixed.as_ptr().addr(), fixed.len()),
            (name.as_ptr().addr(), name.len()),
            core::ptr::from_ref(words).addr(),
        );
        if let Some(&judged) = known.get(&place) {
            return Some(judged);
        }
        let judged = judge();
        if known.len() < MOST_KNOWN {
            known.insert(place, judged);
        }
        Some(judged)
    });
    // The thread is ending and what it knew is gone.
    known.ok().flatten().unwrap_or_else(judge)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALONE: Holder<'_> = Holder::Fixed("");

    #[test]
    fn a_name_is_judged_alike_each_time_and_by_all_of_it() {
        const NAME: &str = "password_count";
        for _ in 0..2 {
            assert!(!is_secret_field(ALONE, NAME, &TABLE_ALONE));
            assert!(is_secret_field(ALONE, &NAME[..8], &TABLE_ALONE));
            assert!(!is_secret_field(ALONE, &NAME[9..], &TABLE_ALONE));
        }
        assert!(is_secret(ALONE, "userPassword", &TABLE_ALONE));
        assert!(!is_secret(ALONE, "monkey", &TABLE_ALONE));
    }

    #[test]
    fn a_name_is_judged_by_the_words_of_each_place() {
        static OWN: Words = Words {
            forbid: &["member number"],
            allow: &["pin"],
            holder: "",
        };
        for _ in 0..2 {
            assert!(is_secret_field(ALONE, "memberNumber", &OWN));
            assert!(!is_secret_field(ALONE, "pin", &OWN));
            assert!(is_secret_field(ALONE, "password", &OWN));
            for (name, secret) in [("memberNumber", false), ("pin", true)] {
                assert_eq!(is_secret_field(ALONE, name, &TABLE_ALONE), secret);
            }
        }
    }

    #[test]
    fn a_name_is_judged_alike_under_any_holder() {
        let card = "card".to_owned();
        for _ in 0..2 {
            for holder in [Holder::Fixed("card"), Holder::Written(&card)] {
                assert!(is_secret_field(holder, "number", &TABLE_ALONE));
                assert!(is_secret_field(holder, "password", &TABLE_ALONE));
                assert!(!is_secret_field(holder, "brand", &TABLE_ALONE));
            }
            for holder in [Holder::Fixed("order"), ALONE] {
                assert!(!is_secret_field(holder, "number", &TABLE_ALONE));
            }
        }
    }
}
