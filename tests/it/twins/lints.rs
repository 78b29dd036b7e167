//! What the compiler and clippy say of a crate with `#[timed]` and of the same one without, every lint of
//! both on. It must be the same, each at the same place and as often: nothing of ours is complained about, and
//! nothing of the user's is hidden. What cannot be the same stands in `HIDDEN` and `NEW`, with its reason.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

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

/// What is not seen any more, and why.
const HIDDEN: &[(&str, &str)] = &[];

/// What is seen in addition, and why.
const NEW: &[(&str, &str)] = &[];

/// A lint, and where it points.
type Message = (String, Vec<String>);

#[test]
fn with_and_without_timed_the_lints_are_the_same() {
    let messages = lint();
    let mut wrong = Vec::new();
    for edition in ["2018", "2021", "2024"] {
        let of = |kind: &str| &messages[&format!("storyline_twin_{edition}_{kind}")];
        let (bare, timed) = (of("bare"), of("timed"));
        assert!(bare.len() > 1_000, "only {} complaints", bare.len());
        wrong.extend(missing(bare, timed, HIDDEN).map(|it| format!("{edition} hidden: {it}")));
        wrong.extend(missing(timed, bare, NEW).map(|it| format!("{edition} new: {it}")));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn missing<'a>(
    from: &'a BTreeMap<Message, usize>,
    of: &'a BTreeMap<Message, usize>,
    known: &'a [(&str, &str)],
) -> impl Iterator<Item = String> + 'a {
    from.iter()
        .filter(|(message, count)| of.get(*message).unwrap_or(&0) < count)
        .filter(|((lint, _), _)| !known.iter().any(|(known, _)| known == lint))
        .map(|((lint, places), _)| format!("{lint} at {}", places.join(", ")))
}

/// Has all twins linted, and counts the messages of each.
fn lint() -> BTreeMap<String, BTreeMap<Message, usize>> {
    let mut command = Command::new(env!("CARGO"));
    command
        .args(["clippy", "--quiet", "--locked", "--message-format", "json"])
        .arg("--target-dir")
        .arg(Path::new(env!("CARGO_TARGET_TMPDIR")).join("twins"))
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .env_remove("RUSTFLAGS")
        .env_remove("CLIPPY_CONF_DIR");
    for edition in ["2018", "2021", "2024"] {
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
        let places = spans.filter(|it| it["is_primary"] == true).map(place);
        let message = (code.to_owned(), places.collect());
        *messages
            .entry(name.to_owned())
            .or_default()
            .entry(message)
            .or_default() += 1;
    }
    messages
}

/// `mistakes.rs:12:5-12:9`
fn place(span: &serde_json::Value) -> String {
    let file = span["file_name"].as_str().unwrap_or_default();
    let file = file.rsplit('/').next().unwrap_or_default();
    let [line, column, end, last] = ["line_start", "column_start", "line_end", "column_end"]
        .map(|part| span[part].as_u64().unwrap_or_default());
    format!("{file}:{line}:{column}-{end}:{last}")
}
