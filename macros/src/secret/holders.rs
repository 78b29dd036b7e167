//! Keys whose members are judged together with them. A call knows the key and not the members of its structure, a
//! derive knows the members and not the key; so each says how the other's half would have to go on, and the compiler
//! compares the two.

use super::spelling::split;
use super::table::COMPOUNDS;
use super::words::{Extra, Found, plural, secret_under};

/// How the name of a member begins that would be a secret's under this key: `number` under `card`.
pub(super) fn tails_under(holder: &str, extra: Extra<'_>) -> Vec<String> {
    let words = split(holder);
    tails(extra, |front, tail| {
        // Of `cards`, each has a number.
        let last = front.rsplit(' ').next();
        is_one_of(words.last(), last) && secret_under(holder, tail, extra).is_some()
    })
}

/// How the name of this member begins, where some key makes a secret's name of it: `number`.
pub(super) fn tails_of(member: &str, extra: Extra<'_>) -> Vec<String> {
    let words = split(member);
    tails(extra, |front, tail| {
        let first = tail.split(' ').next();
        // Another phrase has a tail of its own; a plural may end otherwise.
        let is_phrase = |found: Found| {
            let phrase = format!("{front} {tail}").replace(' ', "_");
            found.words.starts_with(&phrase[..phrase.len() - 1])
        };
        is_one_of(words.first(), first) && secret_under(front, member, extra).is_some_and(is_phrase)
    })
}

/// The ends of all phrases, each with what stands in front of it, that are judged so.
fn tails(extra: Extra<'_>, judge: impl Fn(&str, &str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for phrase in COMPOUNDS.iter().chain(extra.forbid) {
        for (at, _) in phrase.match_indices(' ') {
            let (front, tail) = (&phrase[..at], &phrase[at + 1..]);
            if !found.iter().any(|it| it == tail) && judge(front, tail) {
                found.push(tail.to_owned());
            }
        }
    }
    found
}

/// Whether a word is this one or its plural: to judge a name is slow.
fn is_one_of(word: Option<&String>, one: Option<&str>) -> bool {
    word.zip(one).is_some_and(|(word, one)| {
        let begin_alike = word.as_bytes().first() == one.as_bytes().first();
        begin_alike && (word == one || *word == plural(one))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::words::secret_in;

    #[test]
    fn both_halves_of_every_phrase_meet() {
        let extra = Extra {
            forbid: &["member number"],
            allow: &[],
        };
        let mut met = 0;
        for phrase in COMPOUNDS.iter().chain(extra.forbid) {
            for (at, _) in phrase.match_indices(' ') {
                let holder = phrase[..at].replace(' ', "_");
                let member = phrase[at + 1..].replace(' ', "_");
                let is_judged_alone = |name: &str| secret_in(name, extra).is_some();
                if is_judged_alone(&holder) || is_judged_alone(&member) {
                    continue;
                }
                // A number has no plural.
                let several = if holder.ends_with(char::is_numeric) {
                    holder.clone()
                } else {
                    plural(&holder)
                };
                for (holder, member) in [
                    (format!("my.{several}"), format!("{member}_text")),
                    (holder, member),
                ] {
                    let under = tails_under(&holder, extra);
                    let of = tails_of(&member, extra);
                    assert!(under.iter().any(|it| of.contains(it)), "{holder}.{member}");
                }
                met += 1;
            }
        }
        assert!(met > 300, "{met}");
    }

    #[test]
    fn a_harmless_half_meets_nothing() {
        for (holder, member) in [
            ("card", "brand"),
            ("order", "number"),
            ("card", "number_length"),
            ("masked_card", "number"),
            ("api", "key_id"),
            ("user", "id"),
            ("session", "started_at"),
        ] {
            let under = tails_under(holder, Extra::default());
            let of = tails_of(member, Extra::default());
            assert!(!under.iter().any(|it| of.contains(it)), "{holder}.{member}");
        }
        assert_eq!(tails_under("order", Extra::default()), [""; 0]);
        assert_eq!(tails_of("amount", Extra::default()), [""; 0]);
        assert_eq!(tails_of("id", Extra::default()), ["id"]);
    }
}
