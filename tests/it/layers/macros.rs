//! The macro crate: its macros do not know each other, and each goes one way.

use std::collections::{BTreeMap, BTreeSet};

use Stage::{Judge, Print, Read, Words};

use super::imports::{Source, code_of, imports_of, neighbours_of, sources};

/// The rooms of macros, each of which goes through the stages.
const MACROS: &[&str] = &[
    "log_event",
    "context_of",
    "timed",
    "state_machine",
    "transition",
    "fields",
];

/// What a file of such a room does. One of a stage knows the stages before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    /// Tables and names that all stages speak of.
    Words,
    /// Tokens to syntax.
    Read,
    /// Syntax to meaning, with all mistakes in it.
    Judge,
    /// Meaning to tokens, which cannot fail.
    Print,
}

/// The files and folders of the rooms. What stands at the top of a room, or of `timed/block`, is a door.
const STAGES: &[(&str, Stage)] = &[
    ("event_name", Words),
    ("keys", Words),
    ("names", Words),
    ("options", Words),
    ("args", Read),
    ("from", Read),
    ("function", Read),
    ("gate", Read),
    ("item", Read),
    ("level", Read),
    ("name", Read),
    ("option", Read),
    ("ours", Read),
    ("sentence", Read),
    ("value", Read),
    ("words", Read),
    ("arguments", Judge),
    ("attributes", Read),
    ("check", Judge),
    ("lent", Judge),
    ("lifetimes", Judge),
    ("mentioned", Judge),
    ("model", Judge),
    ("no_effect", Judge),
    ("returned", Judge),
    ("signature", Judge),
    ("subject", Judge),
    ("untimable", Judge),
    ("expand", Print),
    ("markers", Print),
    ("mermaid", Print),
    ("plan", Print),
];

fn stage_of(name: &str) -> Option<Stage> {
    let found = STAGES.iter().find(|(known, _)| *known == name);
    found.map(|(_, stage)| *stage)
}

/// The room of a file of a macro, and the name by which its stage is known; that of a door is `mod`.
fn place(source: &Source) -> Option<(&str, &str)> {
    let (room, below) = source.path.strip_suffix(".rs")?.split_once('/')?;
    let below = below.strip_prefix("block/").unwrap_or(below);
    let name = below.split('/').next()?;
    MACROS.contains(&room).then_some((room, name))
}

#[test]
fn every_macro_and_stage_of_the_tables_is_there() {
    let sources = sources("macros/src");
    let rooms: BTreeSet<&str> = sources
        .iter()
        .filter_map(|source| source.path.split('/').next())
        .collect();
    for room in MACROS {
        assert!(
            rooms.contains(room),
            "`{room}` is gone: remove it from `MACROS`"
        );
    }
    let files: BTreeSet<&str> = sources.iter().filter_map(|it| Some(place(it)?.1)).collect();
    for (name, _) in STAGES {
        assert!(
            files.contains(name),
            "`{name}` is gone: remove it from `STAGES`"
        );
    }
}

#[test]
fn macros_do_not_know_each_other() {
    let mut wrong = Vec::new();
    for source in sources("macros/src") {
        let room = room_of(&source);
        if ["lib", "tests"].contains(&room) {
            continue;
        }
        for import in imports_of(&source) {
            let target = import.room();
            if MACROS.contains(&target) && target != room {
                wrong.push(format!(
                    "{}:{}: `{target}`: rooms of macros do not know each other, and what they share knows none of them",
                    source.path, import.line
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Two rooms that may know each other: the policy is written in the words of the rules, and these are judged with it.
const NEIGHBOURS: [&str; 2] = ["policy", "secret"];

#[test]
fn no_rooms_import_each_other() {
    let mut imports: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for source in sources("macros/src") {
        let room = room_of(&source);
        if ["lib", "tests"].contains(&room) {
            continue;
        }
        let all = imports_of(&source).into_iter();
        let others = all.map(|it| it.room().to_owned()).filter(|it| {
            it != room && !(NEIGHBOURS.contains(&room) && NEIGHBOURS.contains(&it.as_str()))
        });
        imports.entry(room.to_owned()).or_default().extend(others);
    }
    for room in imports.keys() {
        let mut reached = BTreeSet::new();
        let mut open = vec![room];
        while let Some(next) = open.pop() {
            for other in imports.get(next).into_iter().flatten() {
                assert!(other != room, "`{room}` imports itself by way of `{next}`");
                if reached.insert(other) {
                    open.push(other);
                }
            }
        }
    }
    assert!(
        imports["field"].contains("source"),
        "nothing was read: {imports:?}"
    );
}

#[test]
fn the_map_of_the_macros_names_every_room() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../ARCHITECTURE.md");
    let text = std::fs::read_to_string(path).expect("the document");
    let map = text
        .split_once("\nmacros/src/ ")
        .and_then(|(_, map)| map.split_once("\nruntime/src/ "))
        .expect("a map of macros/src")
        .0;
    // A line begins with its names, and two spaces follow them; the rest is deeper.
    let lines = map.lines().filter_map(|line| line.strip_prefix("  "));
    let drawn: BTreeSet<&str> = lines
        .filter(|line| !line.starts_with(' '))
        .flat_map(|line| line.split("  ").next().unwrap_or_default().split(','))
        .map(|name| name.trim().trim_end_matches('/').trim_end_matches(".rs"))
        // Tests are no sources here.
        .filter(|name| !name.is_empty() && *name != "tests")
        .collect();
    let sources = sources("macros/src");
    let there: BTreeSet<&str> = sources.iter().map(room_of).collect();
    assert_eq!(
        drawn, there,
        "ARCHITECTURE.md draws the first, and there are the second"
    );
}

fn room_of(source: &Source) -> &str {
    let first = source.path.split('/').next().unwrap_or_default();
    first.trim_end_matches(".rs")
}

#[test]
fn a_macro_goes_one_way() {
    let mut wrong = Vec::new();
    for source in sources("macros/src") {
        let path = &source.path;
        let Some((_, name)) = place(&source) else {
            continue;
        };
        if name == "mod" {
            continue;
        }
        let Some(stage) = stage_of(name) else {
            wrong.push(format!("{path} has no stage: add `{name}` to `STAGES`"));
            continue;
        };
        for (line, neighbour) in neighbours_of(&source) {
            if let Some(other) = stage_of(&neighbour)
                && other > stage
            {
                wrong.push(format!(
                    "{path}:{line}: `{neighbour}` is of a later stage ({other:?}) than this ({stage:?})"
                ));
            }
        }
        if stage == Print {
            wrong.extend(what_could_fail(&source));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Where a file that prints could find a mistake: it collects some, or parses.
fn what_could_fail(source: &Source) -> Vec<String> {
    let path = &source.path;
    let imports = imports_of(source).into_iter();
    let collects = imports.filter(|it| ["diag", "input"].contains(&it.room()));
    let mut found: Vec<String> = collects
        .map(|it| {
            format!(
                "{path}:{}: `{}`: what prints cannot fail: judge before",
                it.line,
                it.room()
            )
        })
        .collect();
    for (line, code) in code_of(source) {
        if ["parse2", "parse_str", "ParseStream"]
            .iter()
            .any(|it| code.contains(it))
        {
            found.push(format!("{path}:{line}: what prints parses nothing"));
        }
    }
    found
}

#[test]
fn a_wrong_way_is_found() {
    let source = |path: &str, text: &str| Source {
        path: path.to_owned(),
        text: text.to_owned(),
    };
    let names = |path: &str, text: &str| {
        let found = neighbours_of(&source(path, text)).into_iter();
        found.map(|(_, name)| name).collect::<Vec<_>>()
    };
    for (path, text) in [
        ("timed/args.rs", "use super::{check, plan::begin};"),
        ("timed/args.rs", "use crate::timed::{check, plan};"),
        ("timed/block/args.rs", "use super::super::{check, plan};"),
    ] {
        assert_eq!(names(path, text), ["check", "plan"], "{path}: {text}");
    }
    assert_eq!(names("timed/block/args.rs", "use super::form;"), [""; 0]);
    assert_eq!(names("timed/mod.rs", "use args::Options;"), [""; 0]);
    let printing = source(
        "timed/plan.rs",
        "use crate::diag::Errors;\nfn f() { syn::parse2(x).ok() }\n",
    );
    assert_eq!(what_could_fail(&printing).len(), 2);
}
