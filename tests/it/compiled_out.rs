//! `STORYLINE_MAX_LEVEL` takes call sites out of a binary: their names are searched for in the bytes of
//! a program that was built with it and without it. In a target folder of its own, since what it sets
//! would otherwise make cargo build everything again.

use std::path::{Path, PathBuf};
use std::process::Command;

/// What only a site of each kind brings into the program, and no level from warnings on wants.
const BELOW: [&str; 13] = [
    "info_event",
    "info_field",
    "the info text of ",
    "info_member",
    "debug_event",
    "debug_target",
    "asked",
    "quiet_function",
    "quiet_target",
    "quiet_dependency",
    "quiet_field",
    "quiet_module",
    "counter_not_used",
];

/// The same of warnings and what is worse: a failed call, a panic and an illegal transition are.
const ABOVE: [&str; 15] = [
    "critical_event",
    "critical_field",
    "the critical text of ",
    "critical_member",
    "warning_event",
    "warning_field",
    "warning_target",
    "timed_function",
    "timed_field",
    "timed_piece",
    "async_function",
    "async_dependency",
    "async_field",
    "transition_field",
    "compiled_out_events.rs",
];

/// What the error of a transition says, whatever the ceiling.
const MACHINE: [&str; 3] = ["ceiling_machine", "state_before", "state_after"];

/// What the runtime itself has to say, and its words for what users' sites say.
const OWN: [&str; 7] = [
    "invalid_request_id",
    "context_full",
    "directive_skipped",
    "illegal_transition",
    "state_transition",
    "function_started",
    "function_failed",
];

#[test]
fn sites_below_the_ceiling_are_not_in_the_binary() {
    let whole = build(None);
    assert_eq!(
        names_in(&whole),
        [&BELOW[..], &ABOVE[..], &MACHINE[..], &OWN[..]].concat()
    );
    let logged = events_of(&whole);
    for event in ["timing_summary", "function_complete", "function_failed"] {
        assert!(logged.iter().any(|it| it == event), "{event}: {logged:?}");
    }
    // Calls are summed up at INFO, and half of a summary would be a wrong one: no call is counted, those that are
    // recorded as little as the others.
    let warnings = build(Some("warning"));
    assert_eq!(
        names_in(&warnings),
        [&ABOVE[..], &MACHINE[..], &OWN[..]].concat()
    );
    let logged = events_of(&warnings);
    assert!(
        logged.iter().any(|it| it == "function_failed"),
        "{logged:?}"
    );
    assert!(
        !logged.iter().any(|it| it == "timing_summary"),
        "{logged:?}"
    );
    let mut nothing = names_in(&build(Some("off")));
    nothing.retain(|it| !MACHINE.contains(it));
    assert!(nothing.is_empty(), "still there: {nothing:?}");
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
        // And names of modules in those of symbols.
        .env("CARGO_PROFILE_RELEASE_STRIP", "symbols")
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
    let all = BELOW.into_iter().chain(ABOVE).chain(MACHINE).chain(OWN);
    all.filter(is_there).collect()
}
