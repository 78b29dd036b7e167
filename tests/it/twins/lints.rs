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

/// A lint, how often it may differ, and why.
type Known = (&'static str, usize, &'static str);

/// What is not seen any more.
const HIDDEN: &[Known] = &[
    (
        "clippy::missing_const_for_fn",
        74,
        "it could not be, with a clock in it",
    ),
    (
        "clippy::implicit_return",
        45,
        "the ends of futures, of blocks in branches, and behind `#[track_caller]`",
    ),
    (
        "clippy::needless_pass_by_value",
        20,
        "the arguments are moved into the body",
    ),
    ("clippy::needless_pass_by_ref_mut", 1, "as above"),
    ("clippy::ptr_arg", 3, "as above"),
    ("clippy::boxed_local", 1, "as above"),
    (
        "clippy::many_single_char_names",
        2,
        "as above: they are names of two bodies",
    ),
    ("clippy::only_used_in_recursion", 2, "as above"),
    (
        "unconditional_recursion",
        1,
        "the body is called by way of the runtime",
    ),
    (
        "clippy::unnecessary_wraps",
        5,
        "the value comes from the runtime",
    ),
    ("clippy::unwrap_in_result", 1, "as above"),
    (
        "clippy::unused_async",
        9,
        "there is an `.await`, of the timed future",
    ),
    (
        "clippy::manual_async_fn",
        1,
        "the future is in another one, and may stay as it is",
    ),
    (
        "clippy::inline_always",
        1,
        "for clippy a function that begins with an item has nothing in it",
    ),
    (
        "clippy::needless_return",
        1,
        "at the end of a future with arguments that are `mut`",
    ),
    (
        "unused_assignments",
        1,
        "an argument of a future that is `mut`, and assigned before it is read",
    ),
    ("unused_variables", 1, "what a field names is used"),
    (
        "tail_expr_drop_order",
        1,
        "the end of a future is no end of a function",
    ),
    (
        "clippy::literal_string_with_formatting_args",
        1,
        "of the edition 2018, where it mistakes a panic's text",
    ),
    (
        "clippy::redundant_pub_crate",
        1,
        "stands at another column of a macro",
    ),
];

/// What is seen in addition.
const NEW: &[Known] = &[
    (
        "clippy::implicit_return",
        5,
        "behind `#[track_caller]`: a `return` of ours would be unreachable after one of the user's",
    ),
    (
        "clippy::shadow_reuse",
        1,
        "an argument that a field names is called the same outside of the body",
    ),
    (
        "clippy::default_numeric_fallback",
        4,
        "clippy asks what a closure gives, not what a function does",
    ),
    (
        "clippy::single_call_fn",
        2,
        "functions that a macro wrote, with a visibility from elsewhere",
    ),
    (
        "clippy::redundant_pub_crate",
        1,
        "as above, stands at another column of a macro",
    ),
    (
        "clippy::many_single_char_names",
        1,
        "the names that are left",
    ),
    (
        "rust_2021_incompatible_closure_captures",
        1,
        "of the edition 2018: `self` is captured",
    ),
];

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
        wrong.extend(
            missing(bare, timed, HIDDEN)
                .into_iter()
                .map(|it| format!("{edition} hidden: {it}")),
        );
        wrong.extend(
            missing(timed, bare, NEW)
                .into_iter()
                .map(|it| format!("{edition} new: {it}")),
        );
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn missing(
    from: &BTreeMap<Message, usize>,
    of: &BTreeMap<Message, usize>,
    known: &[Known],
) -> Vec<String> {
    let mut missing: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for ((lint, places), count) in from {
        let found = of.get(&(lint.clone(), places.clone())).unwrap_or(&0);
        for _ in *found..*count {
            missing.entry(lint).or_default().push(places.join(", "));
        }
    }
    missing.retain(|lint, places| {
        let known = known.iter().find(|(known, ..)| known == lint);
        known.is_none_or(|(_, most, _)| places.len() > *most)
    });
    let told = missing
        .iter()
        .flat_map(|(lint, places)| places.iter().map(move |place| format!("{lint} at {place}")));
    told.collect()
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
