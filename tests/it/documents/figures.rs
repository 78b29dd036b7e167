//! Figures that anybody can count: those that were measured are in the subject of that name.

use std::collections::BTreeSet;
use std::process::Command;

use super::{read, root};

/// `2,000` of 2,003: the hundreds that it is more than.
fn more_than(number: usize) -> String {
    let hundreds = (number - 1) / 100 * 100;
    format!("{},{:03}", hundreds / 1_000, hundreds % 1_000)
}

#[test]
fn the_names_of_secrets_are_as_many_as_there_are() {
    let count = |file: &str| {
        let names = read(format!("macros/tests/names/{file}"));
        let names = names.lines().filter(|line| !line.starts_with('#'));
        more_than(names.flat_map(str::split_whitespace).count())
    };
    let (fail, pass) = (count("must_fail.txt"), count("must_pass.txt"));
    let said = format!(
        "more than {fail} names of secrets are refused and more than {pass} harmless ones pass"
    );
    assert!(read("RELIABILITY.md").contains(&said), "{said}");
}

#[test]
fn a_first_build_has_as_many_crates_as_the_readme_says() {
    let tree = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--offline", "--package", "storyline"])
        .args(["--edges", "normal,build", "--prefix", "none"])
        .args(["--format", "{p}"])
        .current_dir(root())
        .output()
        .expect("cargo starts");
    assert!(
        tree.status.success(),
        "{}",
        String::from_utf8_lossy(&tree.stderr)
    );
    let tree = String::from_utf8(tree.stdout).expect("names");
    // A crate that stands twice has a mark behind it the second time.
    let crates = tree
        .lines()
        .filter_map(|line| line.split_whitespace().next());
    let crates: BTreeSet<_> = crates.collect();
    let said = format!("A first build compiles {} crates", crates.len());
    assert!(read("README.md").contains(&said), "{said}: {crates:?}");
}
