//! The program as it is run: memory, however much it is given.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on may end there")]

use std::fmt::Write as _;
use std::io::Write;
use std::process::{Child, Command, Stdio};

fn tool(arguments: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_storyline"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// The most memory that a process had so far, in MiB.
fn peak_mib(child: &Child) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let line = status.lines().find(|it| it.starts_with("VmHWM")).unwrap();
    line.split_whitespace()
        .nth(1)
        .unwrap()
        .parse::<u64>()
        .unwrap()
        / 1024
}

/// Feeds `megabytes` of `chunk(n)` to a command and gives its memory's peak and its output.
fn feed(arguments: &[&str], megabytes: usize, chunk: impl Fn(usize) -> Vec<u8>) -> (u64, String) {
    let mut child = tool(arguments);
    let mut stdin = child.stdin.take().unwrap();
    let (mut written, mut nth) = (0, 0);
    while written < megabytes << 20 {
        let bytes = chunk(nth);
        stdin.write_all(&bytes).unwrap();
        written += bytes.len();
        nth += 1;
    }
    // All but the last piece in the pipe was read by now.
    let peak = peak_mib(&child);
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    (peak, text(&output.stdout).to_owned())
}

/// How much is fed: 24 MB, or what `STORYLINE_BIG_MB` says.
fn big() -> usize {
    let said = std::env::var("STORYLINE_BIG_MB").ok();
    said.and_then(|it| it.parse().ok()).unwrap_or(24)
}

/// A thousand records, all different, each of a request of its own or all of the request `one`.
fn thousand(chunk: usize, one: Option<&str>) -> Vec<u8> {
    let mut out = String::new();
    for nth in 0..1000 {
        let number = chunk * 1000 + nth;
        let (second, ms) = (number / 1000 % 60, number % 1000);
        let own = format!("r{number}");
        let id = one.unwrap_or(&own);
        writeln!(
            out,
            "2026-06-12T02:07:{second:02}.{ms:03}Z | INFO | pay | pid=1 | req={id} | \
             function_complete | name=charge duration_ms={number}.125 outcome=ok \
             note=\"call {number}, and some more words that take room in the memory of whoever keeps them\""
        )
        .unwrap();
    }
    out.into_bytes()
}

#[test]
fn memory_is_bounded_however_much_comes() {
    let each = |chunk| thousand(chunk, None);
    let (peak, out) = feed(&["stats"], big(), each);
    assert!(peak < 32, "stats took {peak} MiB");
    assert!(out.contains("charge"));

    let few = ["requests", "--max-requests", "20000", "--limit", "3"];
    let (peak, out) = feed(&few, big(), each);
    assert!(peak < 40, "requests took {peak} MiB");
    assert!(out.contains("were let go"), "{out}");

    let (peak, out) = feed(&["story", "--req", "r77"], big(), each);
    assert!(peak < 16, "story took {peak} MiB");
    assert!(out.contains("request r77"));

    let few = ["story", "--req", "one", "--max-records", "2000"];
    let (peak, out) = feed(&few, big(), |chunk| thousand(chunk, Some("one")));
    assert!(peak < 20, "a story without end took {peak} MiB");
    assert!(out.contains("more left out"));
}

#[test]
fn one_line_without_end_is_cut() {
    let (peak, out) = feed(&["stats"], 64, |nth| match nth {
        0 => thousand(0, None),
        _ => vec![b'x'; 1 << 20],
    });
    assert!(peak < 16, "{peak} MiB");
    assert!(out.contains("1 line is longer than 1 MiB"), "{out}");
}
