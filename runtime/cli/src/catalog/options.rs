//! What the options of a call mean to who reads its records.

/// Options that hold records back.
const GATES: [&str; 4] = ["once", "every(", "at_most(", "sample("];

/// Whether an option holds records back.
pub(super) fn is_gate(option: &str) -> bool {
    GATES.iter().any(|gate| option.starts_with(gate))
}

/// An option in words; nothing for one that has none.
pub(super) fn in_words(option: &str) -> Option<String> {
    let inside = |name: &str| {
        let rest = option.strip_prefix(name)?.strip_prefix('(')?;
        rest.strip_suffix(')')
    };
    if option == "once" {
        return Some("only the first call is written".to_owned());
    }
    if let Some(n) = inside("every") {
        return Some(format!(
            "one call of {n} is written, with `suppressed` for the others"
        ));
    }
    if let Some(limit) = inside("at_most") {
        let limit = limit.replace(" per ", " in ");
        return Some(format!(
            "at most {limit} are written; `suppressed` counts the others"
        ));
    }
    if let Some(share) = inside("sample") {
        return Some(format!(
            "a share of {share} of the calls is written, by chance"
        ));
    }
    if let Some(limit) = option.strip_prefix("slow = ") {
        return Some(format!(
            "a call that took {limit} or longer has `slow=true`"
        ));
    }
    match option {
        "start" => Some("`function_started` says that a call has begun".to_owned()),
        "percentiles" => Some("`timing_summary` sums up its calls".to_owned()),
        "err(none)" => Some("its records do not say which error it was".to_owned()),
        "err(debug)" => Some("`error` is the Debug of the error".to_owned()),
        "err(display)" => Some("`error` is the Display of the error".to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_is_told_in_words() {
        for (option, words) in [
            ("once", "only the first call"),
            ("every(3)", "one call of 3 is"),
            ("at_most(5 per 1s)", "at most 5 in 1s are"),
            ("sample(0.01)", "a share of 0.01 of"),
            ("slow = 500ms", "took 500ms or longer"),
            ("start", "`function_started`"),
            ("percentiles", "`timing_summary`"),
            ("err(none)", "which error"),
        ] {
            let told = in_words(option).unwrap();
            assert!(told.contains(words), "{option}: {told}");
        }
        assert_eq!(in_words("ok_if = Option::is_some"), None);
    }
}
