//! Which names tell of a secret: the rules by which the macros refuse a field, for keys that are known
//! at run time only. The macro crate holds them and hands over their source, so that there is one table.

use core::cell::RefCell;
use std::collections::HashMap;

storyline_macros::secret_rules!();

/// Names of fields are few, but nothing says so.
const MOST_KNOWN: usize = 4096;

thread_local! {
    /// What was judged before, by the place of the text: to judge a name anew takes microseconds.
    static KNOWN: RefCell<HashMap<(usize, usize), bool>> = RefCell::default();
}

/// Whether a name tells of a secret.
pub(crate) fn is_secret(name: &str) -> bool {
    words::secret_in(name).is_some()
}

/// The same for a name that stays where it is, which is judged once.
pub(crate) fn is_secret_field(name: &'static str) -> bool {
    let known = KNOWN.try_with(|known| {
        let mut known = known.try_borrow_mut().ok()?;
        let place = (name.as_ptr().addr(), name.len());
        if let Some(&judged) = known.get(&place) {
            return Some(judged);
        }
        let judged = is_secret(name);
        if known.len() < MOST_KNOWN {
            known.insert(place, judged);
        }
        Some(judged)
    });
    // The thread is ending and what it knew is gone.
    known.ok().flatten().unwrap_or_else(|| is_secret(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_judged_alike_each_time_and_by_all_of_it() {
        const NAME: &str = "password_count";
        for _ in 0..2 {
            assert!(!is_secret_field(NAME));
            assert!(is_secret_field(&NAME[..8]));
            assert!(!is_secret_field(&NAME[9..]));
        }
        assert!(is_secret("userPassword") && !is_secret("monkey"));
    }
}
