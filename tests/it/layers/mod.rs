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
//! A room that is new must be given a side in `rooms`. What breaks the rule on purpose stands there in `DOORS`,
//! or in `OUTSIDE` where it reaches past the crate, with its reason.

mod imports;
mod macros;
mod rooms;
mod selftest;

use std::collections::BTreeSet;

use imports::{Import, code_of, imports_of, outside_of, sources};
use rooms::Side::{self, Cold, Front, Hinge, Hot, Word};
use rooms::{BLOCKING, DOORS, NEVER, OUTSIDE, ROOMS, UNSAFE, UNSAFE_LINES};

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
            let code = code_of(&source);
            // Where the compiler forbids it nobody has to look for it.
            let is_forbidden = code
                .iter()
                .any(|(_, it)| it.trim() == "#![forbid(unsafe_code)]");
            if folder == "runtime/src" && may && !is_forbidden {
                lines += code.iter().filter(|(_, it)| !it.trim().is_empty()).count();
                continue;
            }
            for (line, code) in code {
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
