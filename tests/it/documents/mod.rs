//! The documents name tests, commands and scripts. Each of them is there: a filter that matches nothing passes.

mod changelog;
mod events;
mod figures;
mod links;
mod offers;

use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What there is to be named.
struct Known {
    /// The tests of this binary.
    tests: Vec<String>,
    /// The modules of the runtime, as paths; its unit tests are in them.
    modules: Vec<String>,
    /// The members of the workspace: package, folder and manifest.
    packages: Vec<(String, PathBuf, String)>,
}

impl Known {
    fn new() -> Self {
        let list = Command::new(std::env::current_exe().expect("this binary has a path"))
            .args(["--list", "--format", "terse"])
            .output()
            .expect("this binary starts");
        let list = String::from_utf8(list.stdout).expect("names of tests");
        let tests = list.lines().filter_map(|it| it.strip_suffix(": test"));
        let mut modules = Vec::new();
        modules_in(&root().join("runtime/src"), "", &mut modules);
        let manifest = read("Cargo.toml");
        let members = manifest
            .lines()
            .find(|it| it.starts_with("members = "))
            .expect("members");
        let package = |folder: &str| {
            let manifest = read(format!("{folder}/Cargo.toml"));
            let name = manifest
                .lines()
                .find_map(|it| it.strip_prefix("name = "))
                .expect("a name");
            (
                name.trim_matches('"').to_owned(),
                root().join(folder),
                manifest,
            )
        };
        Self {
            tests: tests.map(str::to_owned).collect(),
            modules,
            packages: members.split('"').skip(1).step_by(2).map(package).collect(),
        }
    }

    /// A test, or all tests of a module, of this binary: its name begins so.
    fn has_test(&self, name: &str) -> bool {
        self.tests.iter().any(|it| it.starts_with(name))
    }

    /// A test, bench or example of a package, by its file or its entry in the manifest.
    fn has_target(&self, package: &str, kind: &str, name: &str) -> bool {
        let mut packages = self.packages.iter();
        packages
            .find(|it| it.0 == package)
            .is_some_and(|(_, folder, manifest)| {
                let files = [
                    format!("{kind}s/{name}.rs"),
                    format!("{kind}s/{name}/main.rs"),
                ];
                files.iter().any(|it| folder.join(it).exists())
                    || manifest.contains(&format!("[[{kind}]]\nname = \"{name}\"\n"))
            })
    }
}

fn modules_in(folder: &Path, within: &str, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder of ours") {
        let path = entry.expect("an entry").path();
        let stem = path.file_stem().expect("a name").to_string_lossy();
        let module = format!("{within}{stem}::");
        if path.is_dir() {
            modules_in(&path, &module, found);
        }
        found.push(module);
    }
}

/// What stands between backticks.
fn spans(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .flat_map(|line| line.split('`').skip(1).step_by(2))
}

/// What this text names and nobody has, and how many names there were to look for.
fn judge(text: &str, known: &Known) -> (Vec<String>, usize) {
    let mut wrong = Vec::new();
    let mut count = 0;
    let mut expect = |is_there: bool, span: &str, what: &str| {
        count += 1;
        if !is_there {
            wrong.push(format!("`{span}`: there is no {what}"));
        }
    };
    for span in spans(text) {
        let words: Vec<_> = span.split_whitespace().collect();
        match words[..] {
            ["it", name] => expect(known.has_test(name), span, "test of this name"),
            ["torture", name] => {
                let is_there = known.has_target("storyline-torture", "test", name);
                expect(is_there, span, "file of tests of this name");
            }
            _ => {}
        }
        let behind = |option: &str| {
            let at = words.iter().position(|it| *it == option)?;
            words.get(at + 1).copied()
        };
        for word in &words {
            if ["tests/", ".ci/", "benches/"]
                .iter()
                .any(|it| word.starts_with(it))
            {
                expect(root().join(word).exists(), span, "such file");
            }
        }
        if !words.contains(&"cargo") {
            continue;
        }
        let package = behind("-p").unwrap_or("storyline-examples");
        for kind in ["test", "bench", "example"] {
            if let Some(name) = behind(&format!("--{kind}")) {
                let is_there = known.has_target(package, kind, name);
                expect(is_there, span, &format!("{kind} `{name}` in {package}"));
            }
        }
        let filter = words.iter().find(|it| it.contains("::"));
        if let Some(filter) = filter {
            if behind("--test") == Some("it") {
                expect(known.has_test(filter), span, "test of this name");
            } else {
                let is_there = known.modules.iter().any(|it| it.contains(*filter));
                expect(is_there, span, "module of this name");
            }
        }
    }
    (wrong, count)
}

#[test]
fn what_the_documents_name_is_there() {
    let known = Known::new();
    for (document, least) in [
        ("RELIABILITY.md", 40),
        ("CONTRIBUTING.md", 20),
        ("ARCHITECTURE.md", 0),
        ("CHANGELOG.md", 0),
        ("tests/real_code/src/head.md", 1),
        ("README.md", 0),
    ] {
        let (wrong, count) = judge(&read(document), &known);
        assert!(wrong.is_empty(), "{document}:\n{}", wrong.join("\n"));
        assert!(count >= least, "{document}: only {count} names were found");
    }
}

#[test]
fn a_name_of_nothing_is_found() {
    let known = Known::new();
    for (text, expected) in [
        ("| a promise | `it documents::` |", 0),
        ("`it documents::a_name_of`, `it documents::nothing`", 1),
        ("`it nowhere::`", 1),
        ("`it cuments::`", 1),
        ("`torture kill` and `torture killed`", 1),
        ("`cargo test -p storyline-cli --test recover`", 0),
        ("`cargo test -p storyline-cli --test recovers`", 1),
        ("`cargo test -p storyline-clip --test recover`", 1),
        ("`cargo test -p storyline-tests --test allocator`", 0),
        ("`cargo test -p storyline-tests --test it nowhere::`", 1),
        ("`cargo test -p storyline --lib ring::`", 0),
        ("`cargo test -p storyline --lib rings::of_gold`", 1),
        ("`cargo bench -p storyline-benches --bench drift`", 0),
        ("`cargo bench -p storyline-benches --bench drifts`", 1),
        ("`bash tests/fuzz/run line 3600` and `tests/fuzz/ran`", 1),
    ] {
        let (wrong, _) = judge(text, &known);
        assert_eq!(wrong.len(), expected, "{text}: {wrong:?}");
    }
}

#[test]
fn the_oldest_compiler_is_the_one_that_is_checked() {
    let manifest = read("Cargo.toml");
    let oldest = manifest
        .lines()
        .find_map(|it| it.strip_prefix("rust-version = "))
        .expect("a version")
        .trim_matches('"');
    for (document, words) in [
        ("README.md", format!("with Rust {oldest} or later")),
        (
            "CONTRIBUTING.md",
            format!("`cargo +{oldest} build -p storyline "),
        ),
    ] {
        assert!(read(document).contains(&words), "{document}: {words}");
    }
}

fn sources_in(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources_in(&path, found);
        } else {
            found.push(path);
        }
    }
}
