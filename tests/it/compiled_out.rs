//! `STORYLINE_MAX_LEVEL` takes call sites out of a binary: their names are searched for in the bytes of
//! a program that was built with it and without it. In a target folder of its own, since what it sets
//! would otherwise make cargo build everything again.

use std::path::{Path, PathBuf};
use std::process::Command;

/// What only a site of each kind brings into the program, and the level it is recorded at.
const INFO: [&str; 5] = [
    "info_event",
    "info_field",
    "timed_piece",
    "timed_function",
    "timed_field",
];
const CRITICAL: [&str; 2] = ["critical_event", "critical_field"];

/// What the runtime itself has to say.
const OWN: [&str; 4] = [
    "invalid_request_id",
    "context_full",
    "directive_skipped",
    "counter_not_used",
];

#[test]
fn sites_below_the_ceiling_are_not_in_the_binary() {
    let whole = build(None);
    assert_eq!(
        names_in(&whole),
        [&INFO[..], &CRITICAL[..], &OWN[..]].concat()
    );
    let events = [
        "critical_event",
        "function_complete",
        "function_complete",
        "function_failed",
        "info_event",
        "timing_summary",
    ];
    assert_eq!(events_of(&whole), events);
    let nothing = names_in(&build(Some("off")));
    assert!(nothing.is_empty(), "still there: {nothing:?}");
    // Calls are summed up at INFO, and half of a summary would be a wrong one: no call is counted, those that are
    // recorded as little as the others.
    let warnings = build(Some("warning"));
    assert_eq!(events_of(&warnings), ["critical_event", "function_failed"]);
}

/// Builds the program for release.
fn build(ceiling: Option<&str>) -> PathBuf {
    let mut command = Command::new(env!("CARGO"));
    command
        .args(["build", "--quiet", "--release", "--locked"])
        .args(["--package", "storyline-edition-2021"])
        .args(["--example", "compiled_out", "--message-format", "json"])
        .arg("--target-dir")
        .arg(Path::new(env!("CARGO_TARGET_TMPDIR")).join("compiled_out"))
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        // Names of fields would be found in what a debugger reads.
        .env("CARGO_PROFILE_RELEASE_DEBUG", "false")
        .env_remove("STORYLINE_MAX_LEVEL");
    if let Some(ceiling) = ceiling {
        command.env("STORYLINE_MAX_LEVEL", ceiling);
    }
    let built = command.output().expect("cargo runs");
    let messages = String::from_utf8_lossy(&built.stdout);
    assert!(
        built.status.success(),
        "{}",
        String::from_utf8_lossy(&built.stderr)
    );
    messages
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter(|message| message["target"]["name"] == "compiled_out")
        .find_map(|message| message["executable"].as_str().map(PathBuf::from))
        .expect("cargo names the program")
}

/// What the program logs.
fn events_of(program: &Path) -> Vec<String> {
    let dir = tempfile::tempdir().expect("a directory");
    let log = dir.path().join("log");
    let status = Command::new(program).arg(&log).status();
    assert!(status.expect("it runs").success());
    let text = std::fs::read_to_string(log).expect("a log");
    let records = text
        .lines()
        .map(|it| storyline::parse::parse_line(it).expect("a record"));
    let mut events: Vec<_> = records.map(|it| it.event).collect();
    events.sort();
    events
}

fn names_in(program: &Path) -> Vec<&'static str> {
    let program = std::fs::read(program).expect("the program can be read");
    let is_there = |name: &&str| {
        program
            .windows(name.len())
            .any(|bytes| bytes == name.as_bytes())
    };
    let all = INFO.into_iter().chain(CRITICAL).chain(OWN);
    all.filter(is_there).collect()
}
