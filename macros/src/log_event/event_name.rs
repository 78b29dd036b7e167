//! The rule for event names: `snake_case`. A name is what people search for, so it never changes
//! with its arguments.

use syn::LitStr;

use crate::diag::Errors;
use crate::secret::spelling;

/// A name that says what happened, for where what is written suggests none.
pub(super) const EXAMPLE: &str = "payment_failed";

/// Judges a name; says what it must be instead. A sentence without a text behind it has come no further than `args`.
pub(super) fn check(literal: &LitStr, errors: &mut Errors) {
    let name = literal.value();
    if is_snake_case(&name) {
        return;
    }
    let message = if name.trim().is_empty() {
        "an event's name must not be empty: say what happened, such as \"order_created\"".to_owned()
    } else if let Some(name) = name_of(&name) {
        format!("an event's name is written in snake_case: `\"{name}\"`")
    } else {
        format!(
            "an event's name is written in snake_case: say what happened, such as \"{EXAMPLE}\""
        )
    };
    errors.push(literal.span(), message);
}

fn is_snake_case(name: &str) -> bool {
    name.starts_with(|it: char| it.is_ascii_lowercase())
        && !name.ends_with('_')
        && !name.contains("__")
        && name
            .bytes()
            .all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'_')
}

pub(super) fn is_sentence(name: &str) -> bool {
    name.contains([' ', '{', '}', ':', '!', '?', ','])
}

/// The words of a sentence, without its holes, as a name; nothing where no word says anything. At most five: a name is
/// no sentence.
pub(super) fn name_of(sentence: &str) -> Option<String> {
    const MOST: usize = 5;
    let mut text = String::new();
    let mut depth = 0_usize;
    for letter in sentence.chars() {
        match letter {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            '\'' | '’' => {}
            _ => text.push(letter),
        }
    }
    let mut words: Vec<String> = spelling::split(&text)
        .into_iter()
        .filter(|word| word.is_ascii())
        .collect();
    // What leads to something that was left out.
    let is_cut = words.len() > MOST || sentence.trim_end().ends_with('}');
    words.truncate(MOST);
    while is_cut
        && words.last().is_some_and(|word| {
            matches!(
                word.as_str(),
                "a" | "an" | "the" | "of" | "to" | "for" | "with" | "at" | "in" | "on" | "by"
            )
        })
    {
        words.pop();
    }
    let begins_with_letter = |word: &String| word.starts_with(|it: char| it.is_ascii_lowercase());
    if !words.iter().any(begins_with_letter) {
        return None;
    }
    if !words.first().is_some_and(begins_with_letter) {
        words.insert(0, "event".to_owned());
    }
    Some(words.join("_"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge(name: &str) -> Option<String> {
        let mut errors = Errors::new();
        let literal = LitStr::new(name, proc_macro2::Span::call_site());
        check(&literal, &mut errors);
        errors.into_messages().pop()
    }

    #[test]
    fn snake_case_is_a_name() {
        for name in ["order_created", "x", "http2_request", "retry_3"] {
            assert_eq!(judge(name), None, "{name}");
        }
    }

    #[test]
    fn shows_the_corrected_name() {
        for (name, part) in [
            ("PaymentFailed", "`\"payment_failed\"`"),
            ("payment-failed", "`\"payment_failed\"`"),
            ("payment.failed", "`\"payment_failed\"`"),
            ("HTTPError", "`\"http_error\"`"),
            ("2fast", "`\"event_2_fast\"`"),
            ("_x", "`\"x\"`"),
            ("", "must not be empty"),
            ("überfall", "such as \"payment_failed\""),
            ("123", "such as \"payment_failed\""),
        ] {
            let message = judge(name).expect(name);
            assert!(message.contains(part), "{name}: {message}");
        }
    }

    #[test]
    fn a_sentence_gives_a_name() {
        for (sentence, name) in [
            ("could not open {e}", Some("could_not_open")),
            ("user {id} has logged in", Some("user_has_logged_in")),
            ("row written to {}", Some("row_written")),
            ("order {} is {}", Some("order_is")),
            ("{}", None),
            ("12: {}", None),
        ] {
            assert_eq!(name_of(sentence).as_deref(), name, "{sentence}");
        }
    }
}
