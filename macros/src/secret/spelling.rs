//! The words of a name, however it is written.

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
}
