//! The house is kept by reading it: which room may import which, and where `unsafe` may stand.
//!
//! A room is a file or a folder directly below `src`; a file inside a folder may have a side of its own.
//! Its side says what runs there, and a side may import the sides above it in this list, but for Cold,
//! which never calls Hot. The point is the third line: what runs on the caller's thread never reaches
//! what blocks, allocates or does I/O. ARCHITECTURE.md draws the same map in the same words.
//!
//! ```text
//! Word     what a record is made of: constants, values, bytes. No thread, no file, no lock
//! Hinge    where both threads meet: the ring, its registry, the clock, waking
//! Hot      on the caller's thread: a few loads, a copy, a store
//! Cold     on the background thread, or offline: may allocate, block and do I/O; never calls Hot
//! Front    wires rooms together or is the user's door; nobody else imports it
//! ```
//!
//! A room that is new must be given a side here. What breaks the rule on purpose stands in `DOORS`, or
//! in `OUTSIDE` where it reaches past the crate, with its reason.

mod imports;

use std::collections::BTreeSet;

use imports::{Import, Source, code_of, imports_of, outside_of, sources};

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
/// reader what becomes of a value, and nothing on the caller's thread does. `sys` is no room: each of
/// its files stands where the system call it wraps may be made.
const ROOMS: &[(&str, Side)] = &[
    ("level", Word),
    ("error", Word),
    ("site", Word),
    ("gate", Word),
    ("template", Word),
    ("value", Word),
    ("secret", Word),
    ("scratch", Word),
    ("panic", Word),
    ("wire", Word),
    ("record", Word),
    ("calendar", Word),
    ("sys/mod", Hinge),
    ("sys/tsc", Hinge),
    ("sys/futex", Hinge),
    ("sys/mapping", Hinge),
    ("sys/membarrier", Hinge),
    ("sys/thread", Hinge),
    ("sync", Hinge),
    ("clock", Hinge),
    ("ring", Hinge),
    ("registry", Hinge),
    ("wake", Hinge),
    ("emit", Hot),
    ("own", Hot),
    ("local", Hot),
    ("context", Hot),
    ("timed", Hot),
    ("state", Hot),
    ("sys/exit", Cold),
    ("sys/fd", Cold),
    ("sys/fork", Cold),
    ("sys/lock", Cold),
    ("sys/signals", Cold),
    ("sys/space", Cold),
    ("sys/user", Cold),
    ("value/normal", Cold),
    ("assemble", Cold),
    ("merge", Cold),
    ("filter", Cold),
    ("format", Cold),
    ("parse", Cold),
    ("sink", Cold),
    ("flight", Cold),
    ("backend", Cold),
    ("fallback", Cold),
    ("setup", Front),
    ("testing", Front),
    ("fuzzing", Front),
    ("tower", Front),
    ("macros", Front),
    ("private", Front),
    ("lib", Front),
];

/// What breaks the rule, and why it may.
const DOORS: &[(&str, &str, &str)] = &[
    (
        "site",
        "registry",
        "a call that nobody was asked about yet is decided there, once for each change of what is wanted",
    ),
    (
        "local",
        "fallback",
        "when nobody has set anything up, a warning is written where it was made",
    ),
];

/// What no room above Cold may name: it blocks or does I/O.
const BLOCKING: &[&str] = &[
    "std::fs",
    "std::io",
    "std::net",
    "std::process",
    "Mutex",
    "RwLock",
    "Condvar",
    "thread::sleep",
];

/// What a room above Cold names of it all the same, and why it may.
const OUTSIDE: &[(&str, &str, &str)] = &[
    (
        "clock",
        "std::fs",
        "asked once in a process, before the first reading: does the kernel trust the counter",
    ),
    (
        "clock",
        "Mutex",
        "the latest calibration, for the background thread and for readers; a call reads ticks only",
    ),
    (
        "sync",
        "Mutex",
        "says whose lock it is, the standard library's or a model checker's; takes none",
    ),
    ("sync", "Condvar", "as for its lock"),
    (
        "sys/mapping",
        "std::fs",
        "an open file whose pages become memory: at set-up, and at a thread's first record where there is a recorder",
    ),
    (
        "sys/mapping",
        "std::io",
        "what a mapping that was refused answers with",
    ),
    (
        "wake",
        "std::process",
        "the number of the process, asked for before a wait or a wake, and at set-up",
    ),
    (
        "context",
        "std::process",
        "the number of this process, which sets a forked child's ids apart; nothing waits for it",
    ),
    (
        "registry",
        "Mutex",
        "taken by a thread's first record and a site's first call, never after that",
    ),
    (
        "wake",
        "Mutex",
        "the sleeper's handle, taken only to wake a thread that sleeps",
    ),
    (
        "registry",
        "thread::sleep",
        "the first records of a forked child: until another of its threads has started the background thread",
    ),
    (
        "wake",
        "thread::sleep",
        "a lock that a fork asks for: until the moment that the fork has set itself",
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

/// Where `unsafe` may stand below `runtime/src`, by how a path begins.
const UNSAFE: &[&str] = &["ring/", "flight/ring_file.rs", "sys/"];

/// Lines of code that these places may have together: what one person can read in one sitting.
const UNSAFE_LINES: usize = 1_060;

/// The rooms of macros that have `args`, `model`, `check` and `expand`, and what all of them share.
const MACROS: &[&str] = &[
    "log_event",
    "context_of",
    "timed",
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
    let is_split = |name: &str| {
        ROOMS
            .iter()
            .any(|(room, _)| room.starts_with(name) && room[name.len()..].starts_with('/'))
    };
    let file = import.file();
    let known = [file.as_deref(), Some(target)]
        .into_iter()
        .flatten()
        .find_map(|name| ROOMS.iter().find(|(room, _)| *room == name));
    if known.is_none() && file.is_none() && is_split(target) {
        // Imported whole: what is used of it counts, file by file.
        return Ok(());
    }
    // Macros and names of the front door are no rooms: `crate::log_event!`, `crate::flush`.
    let Some((other, other_side)) = known else {
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
fn what_runs_on_the_callers_thread_neither_blocks_nor_does_io() {
    let mut wrong = Vec::new();
    let mut used = BTreeSet::new();
    for source in sources("runtime/src") {
        let Some((room, Word | Hinge | Hot)) = side_of(&source.path) else {
            continue;
        };
        for (line, name) in outside_of(&source) {
            if !BLOCKING.contains(&name.as_str()) {
                continue;
            }
            if let Some(door) = OUTSIDE
                .iter()
                .position(|(from, to, _)| *from == room && *to == name)
            {
                used.insert(door);
            } else {
                wrong.push(format!(
                    "{}:{line}: `{name}` blocks or does I/O, and `{room}` must not: if it is off the \
                     caller's road, give it a line in `OUTSIDE` that says why",
                    source.path
                ));
            }
        }
    }
    for (at, (room, name, _)) in OUTSIDE.iter().enumerate() {
        if !used.contains(&at) {
            wrong.push(format!(
                "`{room}` no longer names `{name}`: remove the door"
            ));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

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
fn the_map_in_the_document_is_this_one() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../ARCHITECTURE.md");
    let text = std::fs::read_to_string(path).expect("the document");
    let map = text
        .split_once("\nruntime/src/ ")
        .and_then(|(_, map)| map.split_once("\nruntime/cli/"))
        .expect("a map of runtime/src")
        .0;
    let mut drawn = BTreeSet::new();
    let mut side = None;
    for line in map.lines().skip(1).map(str::trim_start) {
        if let Some(heading) = line.strip_prefix("-- ") {
            let word = heading.split(':').next().unwrap_or_default();
            side = [Word, Hinge, Hot, Cold, Front]
                .into_iter()
                .find(|side| format!("{side:?}").eq_ignore_ascii_case(word));
            assert!(side.is_some(), "no side is called `{word}`");
            continue;
        }
        // The names stand in front of two spaces, the words about them behind.
        let names = line.split("  ").next().unwrap_or_default();
        for name in names.split(", ") {
            let name = name.trim().trim_end_matches('/').trim_end_matches(".rs");
            drawn.insert((name.to_owned(), format!("{side:?}")));
        }
    }
    let here: BTreeSet<_> = ROOMS
        .iter()
        .map(|(room, side)| ((*room).to_owned(), format!("{:?}", Some(*side))))
        .collect();
    let difference: Vec<_> = here.symmetric_difference(&drawn).collect();
    assert!(
        difference.is_empty(),
        "only here or only in ARCHITECTURE.md: {difference:?}"
    );
}

/// Of those doors the document has to speak that lead out of what runs on the caller's thread.
#[test]
fn the_doors_in_the_document_are_these() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../ARCHITECTURE.md");
    let text = std::fs::read_to_string(path).expect("the document");
    let mut named = BTreeSet::new();
    for (at, arrow) in text.match_indices("` -> `") {
        let from = text[..at].rsplit('`').next().unwrap_or_default();
        let to = text[at + arrow.len()..].split('`').next();
        named.insert((from.to_owned(), to.unwrap_or_default().to_owned()));
    }
    let here: BTreeSet<_> = DOORS
        .iter()
        .filter(|(from, ..)| {
            let side = ROOMS.iter().find(|(room, _)| room == from);
            side.is_some_and(|(_, side)| matches!(side, Word | Hinge | Hot))
        })
        .map(|(from, to, _)| ((*from).to_owned(), (*to).to_owned()))
        .collect();
    assert_eq!(named, here, "the doors that ARCHITECTURE.md names");
}

#[test]
fn every_door_is_used() {
    for (from, to, _) in DOORS {
        let leads_there = |import: &Import| {
            // To a file that has a side of its own, or to a whole room.
            import.file().as_deref() == Some(*to) || import.room() == *to
        };
        let used = sources("runtime/src")
            .iter()
            .filter(|source| side_of(&source.path).is_some_and(|(room, _)| room == *from))
            .any(|source| imports_of(source).iter().any(leads_there));
        assert!(used, "`{from}` no longer imports `{to}`: remove the door");
    }
}

#[test]
fn unsafe_code_stands_in_three_rooms_and_is_little() {
    let mut wrong = Vec::new();
    let mut lines = 0;
    for folder in ["runtime/src", "macros/src", "runtime/cli/src"] {
        for source in sources(folder) {
            let may = UNSAFE.iter().any(|it| source.path.starts_with(it));
            if folder == "runtime/src" && may {
                let code = code_of(&source);
                lines += code.iter().filter(|(_, it)| !it.trim().is_empty()).count();
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
        "unsafe code outside of {UNSAFE:?}:\n{}",
        wrong.join("\n")
    );
    assert!(
        lines < UNSAFE_LINES,
        "{lines} lines of code where unsafe code may stand: move out what needs none"
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
            .map(|import| (import.room().to_owned(), import.file()))
            .collect::<BTreeSet<_>>()
            .len()
    };
    for (path, text, expected) in [
        ("emit.rs", "use crate::sink::Sink;", 1),
        ("emit.rs", "use crate::{clock, context, sink};", 1),
        (
            "emit.rs",
            "use crate::{\n    backend::{self, lane},\n    level::Level,\n    format,\n};",
            3,
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
        ("emit.rs", "use crate::value::normal::x;", 1),
        (
            "emit.rs",
            "use crate::value;\nfn f() { value::normal::x(); }",
            1,
        ),
        ("emit.rs", "use crate::sys::{tsc, fd::write};", 1),
        (
            "clock.rs",
            "use crate::sys;\nfn f() { sys::tsc::read(); }",
            0,
        ),
        (
            "clock.rs",
            "use crate::sys;\nfn f() { sys::fd::write(); }",
            1,
        ),
        ("clock.rs", "use crate::sys::new_file;", 1),
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
        ("local/mod.rs", "use crate::fallback;", 0),
        ("state/step.rs", "use crate::flush;", 1),
        ("setup/mod.rs", "use crate::flush;", 0),
    ] {
        assert_eq!(planted(path, text), expected, "{path}: {text}");
    }
}

#[test]
fn blocking_is_found_however_it_is_written() {
    for (text, expected) in [
        ("use std::fs::File;", "std::fs"),
        ("use std::{cell::Cell, io::{self, Write}};", "std::io"),
        ("fn f() { std::process::exit(1); }", "std::process"),
        ("use std::sync::{Arc, Mutex};", "Mutex"),
        ("static A: parking_lot::RwLock<u8> = x;", "RwLock"),
        (
            "use std::thread;\nfn f() { thread::sleep(x); }",
            "thread::sleep",
        ),
        ("use std::thread::{self, sleep};", "thread::sleep"),
        ("fn f() { std::thread::sleep(x); }", "thread::sleep"),
    ] {
        let source = Source {
            path: "emit.rs".to_owned(),
            text: text.to_owned(),
        };
        let found = outside_of(&source);
        assert!(
            found.iter().any(|(_, name)| name == expected),
            "{text}: {found:?}"
        );
    }
}
