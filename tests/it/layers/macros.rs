//! The macro crate: its macros do not know each other, and each goes one way.

use std::collections::BTreeSet;

use super::imports::{code_of, imports_of, sources};

/// The rooms of macros that have `args`, `model`, `check` and `expand`, and what all of them share.
const MACROS: &[&str] = &[
    "log_event",
    "context_of",
    "timed",
    "state_machine",
    "transition",
];

#[test]
fn every_macro_of_the_table_is_there() {
    let there: BTreeSet<String> = sources("macros/src")
        .iter()
        .filter_map(|source| source.path.split('/').next())
        .map(|first| first.trim_end_matches(".rs").to_owned())
        .collect();
    for room in MACROS {
        assert!(
            there.contains(*room),
            "`{room}` is gone: remove it from `MACROS`"
        );
    }
}

#[test]
fn a_macro_goes_one_way() {
    let mut wrong = Vec::new();
    for source in sources("macros/src") {
        let mut parts = source.path.split('/');
        let room = parts.next().unwrap_or_default();
        let stage = parts.next().unwrap_or_default();
        let is_macro = MACROS.contains(&room);
        for import in imports_of(&source) {
            let target = import.room();
            let what = if MACROS.contains(&target)
                && !["lib.rs", "tests"].contains(&room)
                && target != room
            {
                "rooms of macros do not know each other, and what they share knows none of them"
            } else if is_macro && stage == "expand.rs" && target == "diag" {
                "`expand` prints and cannot fail: judge in `check`"
            } else {
                continue;
            };
            wrong.push(format!(
                "{}:{}: `{target}`: {what}",
                source.path, import.line
            ));
        }
        if is_macro && stage == "args.rs" {
            for (line, code) in code_of(&source) {
                if ["super::expand", "super::check", "super::model"]
                    .iter()
                    .any(|it| code.contains(it))
                {
                    wrong.push(format!(
                        "{}:{line}: `args` reads syntax, and knows no later stage",
                        source.path
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
