//! The house is kept by reading it: which room may import which, and where `unsafe` may stand.
//!
//! A room is a file or a folder directly below `src`. Its side says what runs there, and a side may
//! import the sides above it in this list. The point is the third line: what runs on the caller's
//! thread never reaches what blocks, allocates or does I/O.
//!
//! ```text
//! Word     what a record is made of: constants, values, bytes. No thread, no file, no lock
//! Hinge    where both threads meet: the ring, its registry, the clock, waking
//! Hot      on the caller's thread: a few loads, a copy, a store
//! Cold     on the background thread, or offline: may allocate, block and do I/O; never calls Hot
//! Front    wires rooms together or is the user's door; nobody else imports it
//! ```
//!
//! A room that is new must be given a side here. What breaks the rule on purpose stands in `DOORS`,
//! with its reason.

mod imports;

use std::collections::BTreeSet;

use imports::{Import, Source, code_of, imports_of, sources};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Word,
    Hinge,
    Hot,
    Cold,
    Front,
}

use Side::{Cold, Front, Hinge, Hot, Word};

impl Side {
    fn may_import(self, other: Self) -> bool {
        match self {
            Word => other == Word,
            Hinge => matches!(other, Word | Hinge),
            Hot => matches!(other, Word | Hinge | Hot),
            Cold => matches!(other, Word | Hinge | Cold),
            Front => true,
        }
    }
}

/// The rooms of `runtime/src`. `value/normal` is a file of its own side: it asks the formats and the
/// reader what becomes of a value, and nothing on the caller's thread does.
const ROOMS: &[(&str, Side)] = &[
    ("level", Word),
    ("site", Word),
    ("gate", Word),
    ("template", Word),
    ("value", Word),
    ("secret", Word),
    ("scratch", Word),
    ("wire", Word),
    ("record", Word),
    ("sys", Word),
    ("clock", Hinge),
    ("ring", Hinge),
    ("registry", Hinge),
    ("wake", Hinge),
    ("emit", Hot),
    ("local", Hot),
    ("context", Hot),
    ("timed", Hot),
    ("state", Hot),
    ("value/normal", Cold),
    ("assemble", Cold),
    ("merge", Cold),
    ("filter", Cold),
    ("format", Cold),
    ("parse", Cold),
    ("sink", Cold),
    ("backend", Cold),
    ("fallback", Cold),
    ("setup", Front),
    ("testing", Front),
    ("tower", Front),
    ("macros", Front),
    ("private", Front),
    ("lib", Front),
];

/// What breaks the rule, and why it may.
const DOORS: &[(&str, &str, &str)] = &[
    (
        "local",
        "fallback",
        "when nobody has set anything up, a warning is written where it was made",
    ),
    (
        "sink",
        "setup",
        "an output that cannot be opened is a mistake of the set-up, and is reported as one",
    ),
];

/// What a side alone would allow, and these rooms must not know.
const NEVER: &[(&str, &[&str], &str)] = &[
    (
        "ring",
        &[
            "level", "site", "record", "value", "wire", "registry", "wake",
        ],
        "a ring carries bytes; whose they are, and what to do when it is full, is decided elsewhere",
    ),
    (
        "format",
        &["ring", "registry", "backend", "sink", "wake"],
        "a formatter turns a record into text, wherever the record comes from",
    ),
    (
        "parse",
        &["ring", "registry", "backend", "sink", "wake"],
        "a reader works on a file alone, long after the process",
    ),
    (
        "sink",
        &["ring", "registry", "wire", "backend", "wake"],
        "a sink writes text and knows nothing of where it came from",
    ),
];

/// The rooms of macros that have `args`, `model`, `check` and `expand`, and what all of them share.
const MACROS: &[&str] = &[
    "log_event",
    "context_of",
    "timed",
    "timed_block",
    "state_machine",
    "transition",
];

#[test]
fn every_room_imports_in_one_direction() {
    let mut wrong = Vec::new();
    for source in sources("runtime/src") {
        let Some((room, side)) = side_of(&source.path) else {
            wrong.push(format!(
                "{} has no side: add its room to `ROOMS`",
                source.path
            ));
            continue;
        };
        for import in imports_of(&source) {
            if let Err(why) = judge(room, side, &import) {
                wrong.push(format!("{}:{}: {why}", source.path, import.line));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_room_of_the_table_is_there() {
    let there: BTreeSet<String> = sources("runtime/src")
        .iter()
        .filter_map(|source| side_of(&source.path))
        .map(|(room, _)| room.to_owned())
        .collect();
    for (room, _) in ROOMS {
        assert!(
            there.contains(*room),
            "`{room}` is gone: remove it from `ROOMS`"
        );
    }
}

/// The room of a file, and its side. A file may have a side of its own.
fn side_of(path: &str) -> Option<(&'static str, Side)> {
    let stem = path.strip_suffix(".rs")?;
    let first = stem.split('/').next()?;
    [stem, first].iter().find_map(|name| {
        ROOMS
            .iter()
            .find(|(room, _)| room == name)
            .map(|(room, side)| (*room, *side))
    })
}

fn judge(room: &str, side: Side, import: &Import) -> Result<(), String> {
    let target = import.room();
    // Macros and names of the front door are no rooms: `crate::log_event!`, `crate::flush`.
    let Some((other, other_side)) = ROOMS.iter().find(|(name, _)| *name == target) else {
        return match side {
            Front => Ok(()),
            _ if target == "__private" => Err("`__private` is for generated code".to_owned()),
            _ => Err(format!(
                "`crate::{target}` is no room: import from the room, not through the front door"
            )),
        };
    };
    if room == *other || room.starts_with(&format!("{other}/")) {
        return Ok(());
    }
    if let Some((_, _, why)) = NEVER
        .iter()
        .find(|(name, others, _)| *name == room && others.contains(other))
    {
        return Err(format!("`{room}` must not import `{other}`: {why}"));
    }
    let door = DOORS
        .iter()
        .any(|(from, to, _)| from == &room && to == other);
    if side.may_import(*other_side) || door {
        return Ok(());
    }
    Err(format!(
        "`{room}` ({side:?}) imports `{other}` ({other_side:?}), which is the wrong direction"
    ))
}

#[test]
fn every_door_is_used() {
    for (from, to, _) in DOORS {
        let used = sources("runtime/src")
            .iter()
            .filter(|source| side_of(&source.path).is_some_and(|(room, _)| room == *from))
            .any(|source| imports_of(source).iter().any(|import| import.room() == *to));
        assert!(used, "`{from}` no longer imports `{to}`: remove the door");
    }
}

#[test]
fn unsafe_code_stands_in_two_rooms() {
    let mut wrong = Vec::new();
    for folder in ["runtime/src", "macros/src", "runtime/cli/src"] {
        for source in sources(folder) {
            let room = source.path.split('/').next().unwrap_or_default();
            if folder == "runtime/src" && matches!(room, "ring" | "sys") {
                continue;
            }
            for (line, code) in code_of(&source) {
                let after = code.split("unsafe").skip(1).map(str::trim_start);
                for rest in after {
                    let opens = ["{", "fn ", "impl", "extern", "trait"];
                    if opens.iter().any(|it| rest.starts_with(it)) {
                        wrong.push(format!("{folder}/{}:{line}: {code}", source.path));
                    }
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "unsafe code outside `ring` and `sys`:\n{}",
        wrong.join("\n")
    );
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
            let what = if MACROS.contains(&target) && room != "lib.rs" && target != room {
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

#[test]
fn a_wrong_direction_is_found_however_it_is_written() {
    let planted = |path: &str, text: &str| {
        let source = Source {
            path: path.to_owned(),
            text: text.to_owned(),
        };
        let (room, side) = side_of(&source.path).expect("a room of the table");
        imports_of(&source)
            .iter()
            .filter(|import| judge(room, side, import).is_err())
            .count()
    };
    for (path, text, expected) in [
        ("emit.rs", "use crate::sink::Sink;", 1),
        ("emit.rs", "use crate::{clock, context, sink};", 1),
        (
            "emit.rs",
            "use crate::{\n    backend::{self, lane},\n    level::Level,\n    format,\n};",
            2,
        ),
        ("emit.rs", "fn f() { crate::backend::start(); }", 1),
        ("emit.rs", "use super::backend;", 1),
        ("timed/call.rs", "use super::super::backend::x;", 1),
        (
            "timed/call.rs",
            "use super::plan; use crate::emit::emit;",
            0,
        ),
        ("timed/mod.rs", "use super::setup;", 1),
        ("ring/slot.rs", "use crate::level::Level;", 1),
        ("backend/worker.rs", "use crate::local;", 1),
        ("value/capture.rs", "use crate::format;", 1),
        ("value/normal.rs", "use crate::format;", 0),
        (
            "value/mod.rs",
            "// crate::backend is not mentioned\nconst A: &str = \"crate::backend\";",
            0,
        ),
        (
            "value/mod.rs",
            "#[cfg(test)]\nmod tests {\n    use crate::backend;\n}\n",
            0,
        ),
        (
            "value/mod.rs",
            "#[cfg(test)]\nmod tests;\nuse crate::backend;\n",
            1,
        ),
        ("local.rs", "use crate::fallback;", 0),
        ("state/step.rs", "use crate::flush;", 1),
        ("setup/mod.rs", "use crate::flush;", 0),
    ] {
        assert_eq!(planted(path, text), expected, "{path}: {text}");
    }
}
