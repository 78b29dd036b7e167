//! `__private` exports what expansions name, and nothing else: what stands there cannot be changed without the macros.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Behind this comment stands what the fuzz targets name.
const FUZZED: &str = "// Generated code names none of these;";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The text of every source below a folder that is no test.
fn sources(folder: &Path) -> String {
    let mut text = String::new();
    for entry in std::fs::read_dir(folder).expect("a folder of ours") {
        let path = entry.expect("an entry").path();
        let stem = path.file_stem().expect("a name").to_string_lossy();
        if stem == "tests" || stem == "target" {
            continue;
        }
        if path.is_dir() {
            text += &sources(&path);
        } else if path.extension().is_some_and(|it| it == "rs") {
            text += &std::fs::read_to_string(&path).expect("a source");
        }
    }
    text
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// The names behind each `path`, one or several in braces.
fn behind<'a>(path: &str, text: &'a str) -> BTreeSet<&'a str> {
    let mut names = BTreeSet::new();
    for rest in text.split(path).skip(1) {
        let list = match rest.strip_prefix('{') {
            Some(list) => list.split('}').next().expect("its end"),
            None => rest.split(|it| !is_word(it)).next().expect("a name"),
        };
        names.extend(list.split(',').map(str::trim).filter(|it| !it.is_empty()));
    }
    names
}

/// The names that a module exports.
fn exported(text: &str) -> BTreeSet<&str> {
    let mut names = BTreeSet::new();
    for item in text.split("pub use ").skip(1) {
        let item = item.split(';').next().expect("its end");
        let list = item.split_once('{').map_or(item, |(_, list)| list);
        for name in list.trim_end_matches('}').split(',') {
            let name = name.rsplit([':', ' ']).next().expect("a name").trim();
            names.extend(Some(name).filter(|it| !it.is_empty()));
        }
    }
    names
}

#[test]
fn what_is_exported_for_generated_code_is_what_it_names() {
    let private = std::fs::read_to_string(root().join("runtime/src/private.rs")).expect("a file");
    let (generated, fuzzed) = private.split_once(FUZZED).expect("both parts");
    let generated = exported(generated);
    assert!(generated.len() > 50, "{generated:?}");

    let macros = sources(&root().join("macros/src"));
    let doors = sources(&root().join("runtime/src/macros"));
    let mut named = behind("private::", &macros);
    named.extend(behind("__private::", &doors));
    let unknown: Vec<_> = named.difference(&generated).collect();
    assert!(unknown.is_empty(), "named and not exported: {unknown:?}");
    // A name that is chosen from several stands there as a text.
    let is_chosen = |name: &str| macros.contains(&format!("\"{name}\""));
    let unused: Vec<_> = generated
        .difference(&named)
        .filter(|it| !is_chosen(it))
        .collect();
    assert!(unused.is_empty(), "exported and never named: {unused:?}");

    let fuzz = sources(&root().join("tests/fuzz/src"));
    let expected: Vec<_> = behind("storyline::__private::", &fuzz)
        .into_iter()
        .filter(|it| !generated.contains(it))
        .collect();
    let fuzzed: Vec<_> = exported(fuzzed).into_iter().collect();
    assert_eq!(
        fuzzed, expected,
        "exported for fuzz targets, and named there"
    );
}
