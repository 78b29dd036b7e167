//! What the commands print for the log files in `tests/logs`, compared with `tests/golden`.
//! `STORYLINE_BLESS=1 cargo test -p storyline-cli --test golden` writes the files anew.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on may end there")]

use std::path::{Path, PathBuf};

fn logs(names: &[&str]) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/logs");
    let path = |name: &&str| folder.join(name).to_str().unwrap().to_owned();
    names.iter().map(path).collect()
}

/// Runs a command over log files and compares what it prints.
fn check(name: &str, files: &[&str], arguments: &[&str]) {
    let mut line = vec!["storyline".to_owned(), arguments[0].to_owned()];
    line.extend(logs(files));
    line.extend(arguments[1..].iter().map(|it| (*it).to_owned()));
    let mut out = Vec::new();
    let mut messages = Vec::new();
    let code = storyline_cli::run(&line, &mut out, &mut messages);
    let said = String::from_utf8(messages).unwrap();
    assert_eq!((code, said.as_str()), (0, ""));
    let found = String::from_utf8(out).unwrap();
    let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), "tests/golden", name]
        .iter()
        .collect();
    if std::env::var_os("STORYLINE_BLESS").is_some() {
        std::fs::write(&path, &found).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap();
    assert!(
        found == expected,
        "{} differs; expected\n{expected}\nfound\n{found}",
        path.display()
    );
}

const BOTH: &[&str] = &["payment.log", "gateway.json"];

#[test]
fn the_story_of_a_failed_request() {
    let id = ["story", "--req", "checkout-7f3a", "--width"];
    check("failed.120.txt", BOTH, &[&id[..], &["120"]].concat());
    check("failed.80.txt", BOTH, &[&id[..], &["80"]].concat());
    check(
        "failed.ascii.txt",
        BOTH,
        &[&id[..], &["100", "--ascii"]].concat(),
    );
    check(
        "failed.colour.txt",
        BOTH,
        &[&id[..], &["120", "--color", "always"]].concat(),
    );
    check(
        "failed.json",
        BOTH,
        &["story", "--req", "checkout-7f3a", "--json"],
    );
}

#[test]
fn the_newest_failed_request_is_the_same_story() {
    check(
        "failed.120.txt",
        BOTH,
        &["story", "--last-failed", "--width", "120"],
    );
}

#[test]
fn stories_that_ended_otherwise() {
    for (id, name) in [
        ("ok-0001", "ok.txt"),
        ("gone-0002", "cancelled.txt"),
        ("boom-0003", "panicked.txt"),
        ("card-0004", "refused.txt"),
        ("late-0005", "unfinished.txt"),
    ] {
        check(name, BOTH, &["story", "--req", id, "--width", "110"]);
    }
}

/// An exhausted pool belongs to no request, and is why one hung. Not told: what other services say,
/// what lies outside of its time, what is no warning.
#[test]
fn warnings_of_no_request_are_told_in_its_time() {
    let id = ["story", "--req", "late-1", "--width"];
    check("beside.txt", &["loose.log"], &[&id[..], &["110"]].concat());
    check(
        "beside.json",
        &["loose.log"],
        &["story", "--req", "late-1", "--json"],
    );
}

/// The line file and the JSON file of one process tell the same records, the JSON file more finely.
#[test]
fn a_process_that_writes_two_files_is_told_once() {
    let files = ["copies.log", "copies.json"];
    check(
        "copies.txt",
        &files,
        &["story", "--req", "job-1", "--width", "110"],
    );
    check("copies.stats.txt", &files, &["stats", "--width", "110"]);
}

#[test]
fn text_that_would_steer_a_terminal_is_shown_and_not_obeyed() {
    check(
        "hostile.txt",
        &["hostile.log"],
        &["story", "--req", "x-1", "--width", "100"],
    );
}

#[test]
fn statistics() {
    check("stats.txt", BOTH, &["stats", "--width", "120"]);
    check(
        "stats.80.txt",
        BOTH,
        &["stats", "--width", "80", "--top", "3"],
    );
    for (width, name) in [(80, "stats.80.txt"), (120, "stats.txt")] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
        let shown = std::fs::read_to_string(path.join(name)).unwrap();
        let is_within = |line: &str| line.chars().count() <= width;
        assert!(shown.lines().all(is_within), "{shown}");
        assert!(!shown.contains('…'), "{shown}");
    }
    check("stats.json", BOTH, &["stats", "--json"]);
    check("summed.txt", &["summed.log"], &["stats", "--width", "120"]);
    check("summed.json", &["summed.log"], &["stats", "--json"]);
}

#[test]
fn requests_sorted_and_chosen() {
    check("requests.txt", BOTH, &["requests", "--width", "120"]);
    check("requests.80.txt", BOTH, &["requests", "--width", "80"]);
    let sorts = [
        ("duration", "requests.duration.txt"),
        ("outcome", "requests.outcome.txt"),
    ];
    for (sort, name) in sorts {
        check(name, BOTH, &["requests", "--width", "120", "--sort", sort]);
    }
    let few = ["requests", "--sort", "errors", "--limit", "2", "--json"];
    check("requests.errors.json", BOTH, &few);
    check(
        "requests.failed.txt",
        BOTH,
        &["requests", "--failed", "--width", "120"],
    );
    let ends = [
        "requests",
        "--outcome",
        "cancelled,unfinished",
        "--reverse",
        "--width",
        "120",
    ];
    check("requests.ends.txt", BOTH, &ends);
}

/// A client that tried again under one id, one that asked two services in turn, one that sent a request twice at
/// once, and a service behind that is asked twice, which is one request.
#[test]
fn requests_of_one_id_are_told_apart_or_said_to_be_several() {
    let log = &["again.log"];
    check("again.txt", log, &["requests", "--width", "130"]);
    check("again.json", log, &["requests", "--json"]);
    let failed = ["requests", "--failed", "--width", "130"];
    check("again.failed.txt", log, &failed);
    for (id, name) in [
        ("tried-1", "again.tried.txt"),
        ("turns-2", "again.turns.txt"),
        ("twice-3", "again.twice.txt"),
        ("behind-4", "again.behind.txt"),
    ] {
        check(name, log, &["story", "--req", id, "--width", "110"]);
    }
    let json = ["story", "--req", "tried-1", "--json"];
    check("again.tried.json", log, &json);
}
