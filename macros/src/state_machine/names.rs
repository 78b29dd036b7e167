//! Names as records show them: `PaymentPending` is `payment_pending`.

/// The `snake_case` of a type's or variant's name. Digits stay with the word in front of them.
pub(crate) fn snake_case(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut text = String::with_capacity(name.len() + 4);
    for (index, &letter) in letters.iter().enumerate() {
        let before = index.checked_sub(1).map(|it| letters[it]);
        let next = letters.get(index + 1);
        let starts_word = letter.is_uppercase()
            && before.is_some_and(|before| {
                before != '_'
                    && (!before.is_uppercase() || next.is_some_and(|next| next.is_lowercase()))
            });
        if starts_word {
            text.push('_');
        }
        text.extend(letter.to_lowercase());
    }
    text
}

/// Whether a machine's name reads well as a value: `order`, `card-payment`, `billing.order`.
pub(crate) fn is_plain(name: &str) -> bool {
    name.starts_with(|it: char| it.is_ascii_lowercase())
        && name.chars().all(|it| {
            it.is_ascii_lowercase() || it.is_ascii_digit() || matches!(it, '_' | '-' | '.')
        })
}

/// The nearest name that reads well.
pub(crate) fn plain(name: &str) -> String {
    let words: String = name
        .chars()
        .map(|it| if it.is_ascii_alphanumeric() { it } else { '_' })
        .collect();
    let text = snake_case(words.trim_matches('_'));
    let text = text.trim_start_matches(|it: char| !it.is_ascii_lowercase());
    if text.is_empty() {
        return "order".to_owned();
    }
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found() {
        for (name, expected) in [
            ("Created", "created"),
            ("PaymentPending", "payment_pending"),
            ("HTTPError", "http_error"),
            ("ReadyForHTTP", "ready_for_http"),
            ("Step2", "step2"),
            ("Paid2Way", "paid2_way"),
            ("A", "a"),
            ("ABTest", "ab_test"),
            ("Payment_Pending", "payment_pending"),
            ("SCREAMING_CASE", "screaming_case"),
            ("lower", "lower"),
            ("Überfällig", "überfällig"),
        ] {
            assert_eq!(snake_case(name), expected);
        }
    }

    #[test]
    fn a_proposed_name_is_plain() {
        for name in [
            "Order",
            "my order",
            "2nd order",
            "",
            "!!",
            "Bestellung-Nr",
            "naïve",
        ] {
            assert!(is_plain(&plain(name)), "{name:?} became {:?}", plain(name));
        }
        assert!(is_plain("billing.order-2"));
        assert!(!is_plain("Order"));
        assert!(!is_plain("2nd"));
        assert!(!is_plain(""));
    }
}
