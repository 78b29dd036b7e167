//! What the README shows of the compiler's messages is what the compiler says.

use std::path::{Path, PathBuf};

/// The expected messages of `ui-tests`, each file a text.
fn expected(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path: PathBuf = entry.expect("an entry").path();
        if path.is_dir() {
            expected(&path, found);
        } else if path.extension().is_some_and(|it| it == "stderr") {
            found.push(std::fs::read_to_string(&path).expect("a text"));
        }
    }
}

#[test]
fn the_readme_shows_messages_as_they_are() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut messages = Vec::new();
    expected(&root.join("ui-tests/fail"), &mut messages);
    let readme = std::fs::read_to_string(root.join("README.md")).expect("the README");
    let blocks: Vec<&str> = readme
        .split("```")
        .filter_map(|it| it.strip_prefix("text\n"))
        .filter(|it| it.starts_with("error"))
        .collect();
    assert!(blocks.len() >= 2, "{blocks:#?}");
    for block in blocks {
        let is_said = |message: &String| {
            block
                .lines()
                .all(|it| message.lines().any(|line| line == it))
        };
        assert!(
            messages.iter().any(is_said),
            "no file of ui-tests/fail says:\n{block}"
        );
    }
}
