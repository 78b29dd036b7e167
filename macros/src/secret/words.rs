//! Judges a name by its words, never by parts of words: `monkey` holds no `key`, `author` no `auth`.

use super::table::{
    ABOUT, BEFORE, BESIDE, COMPOUNDS, ENDS, HARMLESS, MEASURES, SQUASHED, WITH_VERB, WORDS,
};

/// The secret that a name tells of, as the words it was found in; `None` for a harmless name.
pub(crate) fn secret_in(name: &str) -> Option<String> {
    // A phrase may reach over a dot (`card.number`), an excuse may come after one (`token.count`).
    let mut words = Vec::new();
    let mut starts = Vec::new();
    for segment in name.split('.') {
        let start = words.len();
        words.extend(split(segment));
        starts.resize(words.len(), start);
    }
    let mut at = 0;
    while at < words.len() {
        let rest = &words[at..];
        if let Some(harmless) = longest(HARMLESS, rest) {
            // A longer secret wins over a shorter harmless phrase at the same place.
            if longest(COMPOUNDS, rest).is_none_or(|secret| secret < harmless) {
                at += harmless;
                continue;
            }
        }
        let Some(length) = hit(rest) else {
            at += 1;
            continue;
        };
        if !is_excused(&words, starts[at], at, length) {
            return Some(words[at..at + length].join("_"));
        }
        at += length;
    }
    None
}

/// How many words of `rest` are a secret.
fn hit(rest: &[String]) -> Option<usize> {
    longest(COMPOUNDS, rest).or_else(|| {
        let word = rest.first()?.as_str();
        let forbidden =
            WORDS.contains(&word) || SQUASHED.iter().any(|ending| word.ends_with(ending));
        forbidden.then_some(1)
    })
}

/// The length of the longest phrase that stands at the front of `rest`; its last word may be plural, and
/// a number may stand between its words: `api2key`.
fn longest(phrases: &[&str], rest: &[String]) -> Option<usize> {
    // A phrase has two words at least, so its first one must be the same.
    let first = rest.first()?.as_str();
    phrases
        .iter()
        .filter(|phrase| phrase.starts_with(first))
        .filter_map(|phrase| {
            let mut length = 0;
            let mut expected = phrase.split(' ').peekable();
            while let Some(word) = expected.next() {
                let mut found = rest.get(length)?.as_str();
                if length > 0 && found != word && found.bytes().all(|it| it.is_ascii_digit()) {
                    length += 1;
                    found = rest.get(length)?.as_str();
                }
                let plural = expected.peek().is_none() && found.strip_suffix('s') == Some(word);
                if found != word && !plural {
                    return None;
                }
                length += 1;
            }
            Some(length)
        })
        .max()
}

/// Whether the words around a secret say that it is talked about and not shown. `start` is where the
/// secret's own segment begins: `has_x.password` is not `x.has_password`.
fn is_excused(words: &[String], start: usize, at: usize, length: usize) -> bool {
    let is = |list: &[&str], word: Option<&String>| {
        word.is_some_and(|word| list.contains(&word.as_str()))
    };
    let first = words.get(start);
    let before = at.checked_sub(1).and_then(|index| words.get(index));
    let next = words.get(at + length);
    let last = words[at + length..].last();
    is(BEFORE, first)
        || is(BEFORE, before)
        || is(BESIDE, before)
        || (is(WITH_VERB, first) && at > start + 1)
        || is(ABOUT, next)
        || is(MEASURES, next)
        || is(MEASURES, last)
        || is(ENDS, last)
}

/// The words of a name in lower case: separated by anything that is no letter or digit, by
/// `camelCase`, by `ABCThing`, and between letters and digits.
pub(crate) fn split(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().filter_map(plain).collect();
    let mut words = Vec::new();
    let mut word = String::new();
    for (index, &letter) in letters.iter().enumerate() {
        let before = index.checked_sub(1).map(|it| letters[it]);
        if before.is_some_and(|before| starts_word(before, letter, letters.get(index + 1).copied()))
        {
            words.push(core::mem::take(&mut word));
        }
        if letter.is_alphanumeric() {
            word.extend(letter.to_lowercase());
        }
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}

/// A letter as it is read: of full width or not, its accent left out when that comes after it.
fn plain(letter: char) -> Option<char> {
    match letter {
        '\u{300}'..='\u{36f}' => None,
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0),
        _ => Some(letter),
    }
}

fn starts_word(before: char, letter: char, next: Option<char>) -> bool {
    !letter.is_alphanumeric()
        || !before.is_alphanumeric()
        || (letter.is_uppercase() && !before.is_uppercase())
        || (before.is_uppercase() && letter.is_uppercase() && next.is_some_and(char::is_lowercase))
        || (before.is_numeric() != letter.is_numeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_every_style() {
        for name in [
            "user_api_key",
            "userApiKey",
            "UserAPIKey",
            "user-api-key",
            "USER_API_KEY",
            "user api key",
            "user/api:key",
            "__user__api_key_",
        ] {
            assert_eq!(split(name), ["user", "api", "key"], "{name}");
        }
        assert_eq!(split("password2"), ["password", "2"]);
        assert_eq!(split("oauth2Token"), ["oauth", "2", "token"]);
        assert_eq!(split(""), Vec::<String>::new());
    }

    #[test]
    fn reads_words_and_not_parts_of_words() {
        for name in [
            "monkey",
            "keyboard",
            "author",
            "authorType",
            "passenger",
            "secretary",
            "company",
        ] {
            assert_eq!(secret_in(name), None, "{name}");
        }
        assert_eq!(secret_in("userPassword"), Some("password".to_owned()));
        assert_eq!(secret_in("x-api-key"), Some("api_key".to_owned()));
    }

    #[test]
    fn an_excuse_counts_for_its_own_segment() {
        assert_eq!(secret_in("has_password"), None);
        assert_eq!(secret_in("has_login.password"), Some("password".to_owned()));
        assert_eq!(secret_in("card.number"), Some("card_number".to_owned()));
        assert_eq!(secret_in("token.count"), None);
    }
}
