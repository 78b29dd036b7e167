//! What the compiler and clippy say of a crate with `#[timed]` and of the same one without, every lint of
//! both on. It must be the same, each at the same place and as often: nothing of ours is complained about, and
//! nothing of the user's is hidden. What cannot be the same stands in `lints.txt`, each at its place and with a
//! reason; `STORYLINE_BLESS=1` writes what is new, and a reason has to be written for it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::differences::Differences;

/// Lints that the compiler has, and does not turn on by itself.
const RUSTC: [&str; 42] = [
    "absolute-paths-not-starting-with-crate",
    "closure-returning-async-block",
    "deprecated-in-future",
    "deref-into-dyn-supertrait",
    "elided-lifetimes-in-paths",
    "explicit-outlives-requirements",
    "ffi-unwind-calls",
    "future-incompatible",
    "impl-trait-redundant-captures",
    "keyword-idents",
    "let-underscore-drop",
    "macro-use-extern-crate",
    "meta-variable-misuse",
    "missing-copy-implementations",
    "missing-debug-implementations",
    "missing-docs",
    "missing-unsafe-on-extern",
    "non-ascii-idents",
    "nonstandard-style",
    "redundant-imports",
    "redundant-lifetimes",
    "rust-2018-idioms",
    "rust-2021-compatibility",
    "rust-2024-compatibility",
    "single-use-lifetimes",
    "tail-expr-drop-order",
    "trivial-casts",
    "trivial-numeric-casts",
    "unit-bindings",
    "unnameable-types",
    "unreachable-pub",
    "unsafe-code",
    "unsafe-op-in-unsafe-fn",
    "unused",
    "unused-extern-crates",
    "unused-import-braces",
    "unused-lifetimes",
    "unused-macro-rules",
    "unused-qualifications",
    "unused-results",
    "variant-size-differences",
    "if-let-rescope",
];

const CLIPPY: [&str; 4] = [
    "clippy::all",
    "clippy::pedantic",
    "clippy::nursery",
    "clippy::restriction",
];

const EDITIONS: [&str; 3] = ["2018", "2021", "2024"];

/// A complaint: which lint, in which words, and where in the source.
#[derive(Clone, Eq, Ord, PartialEq, PartialOrd)]
struct Message {
    lint: String,
    text: String,
    spans: Vec<String>,
    /// What a reader finds it by, whatever is written above it.
    place: String,
}

#[test]
fn with_and_without_timed_the_lints_are_the_same() {
    let messages = lint();
    let mut found = Differences::default();
    for edition in EDITIONS {
        let of = |kind: &str| &messages[&format!("storyline_twin_{edition}_{kind}")];
        let (bare, timed) = (of("bare"), of("timed"));
        assert!(bare.len() > 1_000, "only {} complaints", bare.len());
        for (kind, from, other) in [("hidden", bare, timed), ("new", timed, bare)] {
            for (message, count) in from {
                let there = other.get(message).copied().unwrap_or_default();
                for _ in there..*count {
                    found.add(kind, &message.lint, &message.place, edition);
                }
            }
        }
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("it/twins/lints.txt");
    found.compare(&file, &EDITIONS);
}

/// Has all twins linted, and counts the messages of each.
fn lint() -> BTreeMap<String, BTreeMap<Message, usize>> {
    let mut command = Command::new(env!("CARGO"));
    command
        .args(["clippy", "--quiet", "--locked", "--message-format", "json"])
        .arg("--target-dir")
        .arg(Path::new(env!("CARGO_TARGET_TMPDIR")).join("twins"))
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        // Compiled incrementally, a lint on what a user's macro wrote stands elsewhere.
        .env("CARGO_INCREMENTAL", "0")
        .env_remove("RUSTFLAGS")
        .env_remove("CLIPPY_CONF_DIR");
    for edition in EDITIONS {
        for kind in ["bare", "timed"] {
            command.args(["--package", &format!("storyline-twin-{edition}-{kind}")]);
        }
    }
    command.args(["--", "--cfg", "every_lint"]);
    for lint in RUSTC.iter().chain(&CLIPPY) {
        command.args(["-W", lint]);
    }
    let linted = command.output().expect("cargo runs");
    assert!(
        linted.status.success(),
        "{}",
        String::from_utf8_lossy(&linted.stderr)
    );
    let mut messages: BTreeMap<String, BTreeMap<Message, usize>> = BTreeMap::new();
    for line in String::from_utf8_lossy(&linted.stdout).lines() {
        let line: serde_json::Value = serde_json::from_str(line).expect("cargo writes JSON");
        let name = line["target"]["name"].as_str().unwrap_or_default();
        let Some(code) = line["message"]["code"]["code"].as_str() else {
            continue;
        };
        if !name.starts_with("storyline_twin") {
            continue;
        }
        let spans = line["message"]["spans"].as_array().into_iter().flatten();
        let spans: Vec<_> = spans.filter(|it| it["is_primary"] == true).collect();
        let message = Message {
            lint: code.to_owned(),
            // A closure's type has its file in its name, which is that of a twin.
            text: line["message"]["message"]
                .to_string()
                .replace("/timed/", "/bare/"),
            spans: spans.iter().map(|it| span_text(it)).collect(),
            place: spans.first().map_or_else(String::new, |it| place(it)),
        };
        *messages
            .entry(name.to_owned())
            .or_default()
            .entry(message)
            .or_default() += 1;
    }
    messages
}

/// `mistakes/style.rs:12:5-12:9`
fn span_text(span: &serde_json::Value) -> String {
    let [line, column, end, last] = ["line_start", "column_start", "line_end", "column_end"]
        .map(|part| span[part].as_u64().unwrap_or_default());
    format!("{}:{line}:{column}-{end}:{last}", file(span))
}

/// `mistakes/style.rs, needless_borrow: text: &String`: the file, the function, and the text that is pointed at.
fn place(span: &serde_json::Value) -> String {
    let first = &span["text"][0];
    let text = first["text"].as_str().unwrap_or_default();
    let [start, end] = ["highlight_start", "highlight_end"].map(|it| {
        let at = first[it].as_u64().and_then(|it| usize::try_from(it).ok());
        at.unwrap_or(1) - 1
    });
    let pointed: String = text.chars().skip(start).take(end - start).collect();
    let source = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("twins")
        .join(file(span));
    let source = std::fs::read_to_string(&source).expect("a file of the twins");
    let line = span["line_start"]
        .as_u64()
        .and_then(|it| usize::try_from(it).ok());
    let above: Vec<&str> = source.lines().take(line.unwrap_or_default()).collect();
    let function = above.iter().rev().find_map(|line| function_name(line));
    format!(
        "{}, {}: {}",
        file(span),
        function.unwrap_or("-"),
        pointed.trim()
    )
}

/// The path in `tests/twins`.
fn file(span: &serde_json::Value) -> &str {
    let path = span["file_name"].as_str().unwrap_or_default();
    path.rsplit_once("../").map_or(path, |(_, file)| file)
}

fn function_name(line: &str) -> Option<&str> {
    let name = line.split_once("fn ")?.1.split(['(', '<']).next()?;
    let is_name = |it: char| it.is_alphanumeric() || it == '_' || it == '#' || it == '$';
    (!name.is_empty() && name.chars().all(is_name)).then_some(name)
}
