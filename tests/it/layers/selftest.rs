//! The judge finds what is planted.

use std::collections::BTreeSet;

use super::imports::{Source, imports_of, outside_of};
use super::{judge, side_of};

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
