//! A snapshot that no test asks for is read by nobody, and one that two tests ask for is overwritten by
//! each. Found by reading the sources for the names they use.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// How a test asks for a snapshot.
const CALLS: [&str; 2] = ["snapshot(", "snapshot_expr("];

#[test]
fn every_snapshot_belongs_to_one_test() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut uses = BTreeMap::<String, usize>::new();
    for path in files(&sources) {
        let text = std::fs::read_to_string(&path).expect("sources are readable");
        for name in names(&text) {
            *uses.entry(name).or_default() += 1;
        }
    }
    let folder = super::folder();
    let mut wrong = Vec::new();
    let mut found = 0;
    for path in files(&folder) {
        let name = path.strip_prefix(&folder).expect("it was found below");
        let name = name.with_extension("");
        let name = name.to_string_lossy().replace('\\', "/");
        match uses.get(&name) {
            Some(1) => {}
            Some(times) => wrong.push(format!("{times} tests use {name}: give each its own")),
            None => wrong.push(format!("no test uses {}: remove it", path.display())),
        }
        found += 1;
    }
    assert!(found > 0, "no snapshots below {}", folder.display());
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn names_are_found_on_the_next_line_too() {
    let text = "snapshot(\"a/b\", &x);\nsnapshot_expr(\n    \"c/d\",\n    &x);\nfn snapshot(name: &str) {}";
    assert_eq!(names(text), ["a/b", "c/d"]);
}

/// The names that calls in a source begin with.
fn names(text: &str) -> Vec<String> {
    CALLS
        .iter()
        .flat_map(|call| text.split(call).skip(1))
        .filter_map(|rest| rest.trim_start().strip_prefix('"'))
        .filter_map(|rest| rest.split_once('"'))
        .map(|(name, _)| name.to_owned())
        .collect()
}

/// All files below a folder, this one left out: it holds names that are no snapshots.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut open = vec![folder.to_owned()];
    let mut found = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            let entries = std::fs::read_dir(&path).expect("folders are readable");
            open.extend(entries.map(|entry| entry.expect("entries are readable").path()));
        } else if !path.ends_with("tests/orphans.rs") {
            found.push(path);
        }
    }
    found
}
