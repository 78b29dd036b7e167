//! What messages say of names: the nearest known one to one that was mistyped, and several in a row.

/// The known word that differs least from `word`, when it differs by little: at most a third of its
/// letters, upper and lower case counting as one.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = word.to_lowercase().chars().collect();
    known
        .into_iter()
        .map(|candidate| (distance(&word, candidate), candidate))
        .filter(|(distance, candidate)| {
            *distance <= (candidate.chars().count().max(word.len()) / 3).max(1)
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// What to append to a message about an unknown word, when it is known which one was meant.
pub(crate) fn question(meant: &str) -> String {
    format!("; did you mean `{meant}`?")
}

/// The same for the nearest of the known words, or nothing.
#[expect(
    single_use_lifetimes,
    reason = "an elided lifetime is not stable in this place"
)]
pub(crate) fn hint<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    nearest(word, known).map_or_else(String::new, question)
}

/// `` `A`, `B` and `C` ``; the first ones of many.
pub(crate) fn listed(names: &[impl AsRef<str>]) -> String {
    joined(names, "and")
}

/// The same with another word before the last one: `` `A`, `B` or `C` ``.
pub(crate) fn joined(names: &[impl AsRef<str>], word: &str) -> String {
    const MOST: usize = 8;
    let (first, more) = names.split_at(names.len().min(MOST));
    let mut names: Vec<String> = first
        .iter()
        .map(|it| format!("`{}`", it.as_ref()))
        .collect();
    if !more.is_empty() {
        names.push(format!("{} more", more.len()));
    }
    match names.pop() {
        Some(last) if !names.is_empty() => format!("{} {word} {last}", names.join(", ")),
        last => last.unwrap_or_default(),
    }
}

/// Edits between two words: insert, remove, replace, swap neighbours.
fn distance(word: &[char], candidate: &str) -> usize {
    let other: Vec<char> = candidate.to_lowercase().chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (row, letter) in word.iter().enumerate() {
        let mut line = vec![row + 1];
        for (column, expected) in other.iter().enumerate() {
            let replaced = last[column] + usize::from(letter != expected);
            let mut best = replaced.min(last[column + 1] + 1).min(line[column] + 1);
            let swapped =
                row > 0 && column > 0 && *letter == other[column - 1] && word[row - 1] == *expected;
            if swapped {
                best = best.min(before[column - 1] + 1);
            }
            line.push(best);
        }
        before = core::mem::replace(&mut last, line);
    }
    last[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEVELS: [&str; 7] = [
        "TRACE", "DEBUG", "INFO", "WARNING", "WARN", "ERROR", "CRITICAL",
    ];

    #[test]
    fn finds_the_word_that_was_meant() {
        assert_eq!(nearest("ERORR", LEVELS), Some("ERROR"));
        assert_eq!(nearest("info", LEVELS), Some("INFO"));
        assert_eq!(nearest("WARNIGN", LEVELS), Some("WARNING"));
        assert_eq!(nearest("CRITCAL", LEVELS), Some("CRITICAL"));
    }

    #[test]
    fn is_silent_when_nothing_is_near() {
        assert_eq!(nearest("banana", LEVELS), None);
        assert_eq!(nearest("", LEVELS), None);
    }

    #[test]
    fn names_stand_in_a_sentence_and_many_are_cut() {
        assert_eq!(listed(&[""; 0]), "");
        assert_eq!(listed(&["a"]), "`a`");
        assert_eq!(listed(&["a", "b", "c"]), "`a`, `b` and `c`");
        let many: Vec<String> = (0..10).map(|it| it.to_string()).collect();
        assert!(listed(&many).ends_with("`7` and 2 more"));
    }
}
