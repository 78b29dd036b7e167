//! Whether a key is what it looks like: no letter is invisible or poses as another one. What a reader
//! takes for `password` must be judged as `password`.

use crate::secret::spelling;

/// Letters of the Greek script that look like one of the Latin script. `Δt` and `μs` are read right.
const GREEK: &str = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαεηικνορτυχγϲϳϹ";

/// What is wrong with the letters of a key.
pub(super) fn unreadable(key: &str) -> Option<String> {
    if let Some(letter) = key.chars().find(|it| is_invisible(*it)) {
        return Some(format!(
            "this key holds an invisible character, U+{:04X}: remove it",
            u32::from(letter)
        ));
    }
    for word in spelling::split(key) {
        if !word.chars().any(|it| it.is_ascii_alphabetic()) {
            continue;
        }
        // The word is in lower case, where `Μ` would be `μ`.
        let stands_in_word = |it: char| it.to_lowercase().all(|low| word.contains(low));
        if let Some(letter) = key
            .chars()
            .find(|it| looks_latin(*it) && stands_in_word(*it))
        {
            return Some(format!(
                "`{letter}` (U+{:04X}) in `{word}` looks like a Latin letter but is {}: write the word in one script",
                u32::from(letter),
                if GREEK.contains(letter) {
                    "Greek"
                } else {
                    "Cyrillic"
                }
            ));
        }
    }
    None
}

/// Spaces other than the plain one, controls, and marks that join, turn or hide.
fn is_invisible(letter: char) -> bool {
    letter.is_control()
        || (letter.is_whitespace() && letter != ' ')
        || matches!(
            letter,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'..='\u{1160}'
                | '\u{17b4}'..='\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{2800}'
                | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff0}'..='\u{fffb}'
                | '\u{1bca0}'..='\u{1bca3}'
                | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

fn looks_latin(letter: char) -> bool {
    GREEK.contains(letter)
        || matches!(
            letter,
            '\u{400}'..='\u{52f}' | '\u{1c80}'..='\u{1c8f}' | '\u{2de0}'..='\u{2dff}' | '\u{a640}'..='\u{a69f}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_what_it_looks_like() {
        for key in [
            "user_id",
            "größe",
            "naïve",
            "nai\u{308}ve",
            "数量",
            "количество",
            "ποσό",
            "user_имя",
            "idПользователя",
            "duration_μs",
            "duration_µs",
            "Δt",
            "two words",
            "x-api-version",
        ] {
            assert_eq!(unreadable(key), None, "{key}");
        }
        for (key, part) in [
            ("pass\u{200b}word", "U+200B"),
            ("pass\u{ad}word", "U+00AD"),
            ("\u{202e}drowssap", "U+202E"),
            ("user\u{a0}id", "U+00A0"),
            ("user\u{feff}", "U+FEFF"),
            ("a\nb", "U+000A"),
            ("pass\u{2060}word", "invisible"),
            ("p\u{430}ssword", "is Cyrillic"),
            ("P\u{410}SSWORD", "is Cyrillic"),
            ("userT\u{43e}ken", "is Cyrillic"),
            ("passw\u{3bf}rd", "is Greek"),
            ("TI\u{39c}E", "is Greek"),
        ] {
            let message = unreadable(key).unwrap_or_default();
            assert!(message.contains(part), "{key:?}: {message}");
        }
    }
}
