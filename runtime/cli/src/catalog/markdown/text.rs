//! Texts that are safe on a page, and what its headings are linked by.

use std::collections::BTreeMap;

/// Text between backticks: what would end it, or the line, is left out or escaped.
pub(super) fn code(text: &str) -> String {
    crate::show::clean(text).replace('`', "'")
}

/// The same within a table, where a bar would end the cell.
pub(super) fn cell(text: &str) -> String {
    code(text).replace('|', "\\|")
}

/// Words, which must not become a tag.
pub(super) fn plain(words: &str) -> String {
    crate::show::clean(words)
        .replace('|', "\\|")
        .replace('<', "\\<")
}

/// What links to the headings of a page, in their order: where two would have the same, the second has a number.
#[derive(Debug, Default)]
pub(super) struct Anchors(BTreeMap<String, usize>);

impl Anchors {
    /// The one of the next heading.
    pub(super) fn next(&mut self, heading: &str) -> String {
        let letters = heading.chars().filter_map(|letter| match letter {
            ' ' => Some('-'),
            '-' | '_' => Some(letter),
            _ if letter.is_alphanumeric() => Some(letter),
            _ => None,
        });
        let anchor: String = letters.flat_map(char::to_lowercase).collect();
        let times = self.0.entry(anchor.clone()).or_default();
        *times += 1;
        match *times {
            1 => anchor,
            more => format!("{anchor}-{}", more - 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_linked_as_pages_show_them() {
        let mut anchors = Anchors::default();
        assert_eq!(anchors.next("Timed functions"), "timed-functions");
        assert_eq!(anchors.next("Shop::open_door"), "shopopen_door");
        assert_eq!(anchors.next("shopopen_door"), "shopopen_door-1");
        assert_eq!(anchors.next("Shop::open_door"), "shopopen_door-2");
    }
}
