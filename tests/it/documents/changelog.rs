//! What the changelog names is in the sources: a feature that was renamed has an old name there otherwise.

use std::collections::BTreeSet;

use super::{read, root, sources_in, spans};

fn words(text: &str) -> impl Iterator<Item = &str> {
    let is_word = |it: char| it.is_alphanumeric() || it == '_';
    text.split(move |it| !is_word(it))
        .filter(|it| it.chars().any(char::is_alphabetic))
}

#[test]
fn what_the_changelog_names_is_in_the_sources() {
    let mut sources = Vec::new();
    for folder in ["runtime/src", "runtime/cli/src", "macros/src"] {
        sources_in(&root().join(folder), &mut sources);
    }
    let sources: Vec<_> = sources
        .iter()
        .map(|it| std::fs::read_to_string(it).expect("a source"))
        .collect();
    let known: BTreeSet<_> = sources.iter().flat_map(|it| words(it)).collect();
    let changelog = read("CHANGELOG.md");
    let named: BTreeSet<_> = spans(&changelog).flat_map(words).collect();
    assert!(named.len() > 40, "{named:?}");
    let gone: Vec<_> = named.difference(&known).collect();
    assert!(gone.is_empty(), "{gone:?}");
}
