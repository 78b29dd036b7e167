//! The program as it is run: exit codes, standard input, closed pipes.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on may end there")]

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn tool(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_storyline"));
    command
        .args(arguments)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/logs"))
        .env_remove("NO_COLOR")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn run(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = tool(arguments).stdin(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    // A program that ends before it has read all gives an error here, which is not the test's.
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn a_missing_file_is_named_before_anything_is_told() {
    for command in [&["stats"][..], &["requests"], &["story", "--req", "x"]] {
        let output = run(&[command, &["payment.log", "no-such.log"]].concat(), b"");
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(text(&output.stdout), "");
        assert_eq!(
            text(&output.stderr),
            "storyline: cannot open `no-such.log`: no such file or directory\n"
        );
    }
    let output = run(&["stats", "."], b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("cannot open `.`: is a directory"));
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("secret.log");
    std::fs::write(&path, "").unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).unwrap();
    if std::fs::File::open(&path).is_ok() {
        // The superuser may read anything.
        return;
    }
    let output = run(&["stats", path.to_str().unwrap()], b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("permission denied"));
}

#[test]
fn wrong_usage_is_code_2_and_nothing_found_is_code_1() {
    for arguments in [
        &["story"][..],
        &["tell"],
        &["requests", "--sort", "colour"],
        &["story", "--req", "a", "--last-failed"],
    ] {
        let output = run(arguments, b"");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(!output.stderr.is_empty());
    }
    let output = run(&["story", "payment.log"], b"");
    assert!(
        text(&output.stderr).contains("<--req <ID>|--last-failed>"),
        "{}",
        text(&output.stderr)
    );
    let output = run(&["story", "payment.log", "--req", "nobody"], b"");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        text(&output.stderr),
        "storyline: no record of request `nobody` in 33 lines of payment.log\n"
    );
    let output = run(&["story", "copies.log", "--last-failed", "--req=x"], b"");
    assert_eq!(output.status.code(), Some(2));
    let ok = b"2026-06-12T02:07:07.418Z | INFO | a | pid=1 | req=r | fine | n=1\n";
    let output = run(&["story", "--last-failed"], ok);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("none of 1 request failed"));
    assert_eq!(run(&["--help"], b"").status.code(), Some(0));
}

/// A gateway that hangs answers little, and that quickly: what was given up must count.
#[test]
fn requests_without_a_response_count_in_times_and_rate() {
    let mut log = String::new();
    for (nth, end) in [
        "response_sent | status=200 duration_ms=5",
        "request_cancelled | duration_ms=3000",
        "request_panicked | duration_ms=2000",
        "request_failed | duration_ms=1000",
    ]
    .iter()
    .enumerate()
    {
        for event in ["request_received | method=GET path=/", end] {
            writeln!(
                log,
                "2026-06-12T02:07:07.418Z | INFO | gw | pid=1 | req=r{nth} | {event}"
            )
            .unwrap();
        }
    }
    let output = run(&["stats", "--json"], log.as_bytes());
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let requests = &found["requests"][0];
    assert_eq!(requests["max_ms"], 3000.0);
    assert_eq!(requests["p50_ms"], 1000.0);
    // The one whose client went away is not judged.
    assert_eq!(
        (&requests["failed"], &requests["failed_rate"]),
        (&serde_json::json!(2), &serde_json::json!(2.0 / 3.0))
    );
    let help = run(&["stats", "--help"], b"");
    assert!(text(&help.stdout).contains("a service that hangs shows"));
}

#[test]
fn what_is_no_log_does_not_pass_for_a_quiet_one() {
    let commands: [&[&str]; 5] = [
        &["stats"],
        &["stats", "--json"],
        &["requests"],
        &["story", "--req", "r"],
        &["story", "--last-failed"],
    ];
    // Another program's lines, a compressed file, records with something in front.
    let packed = b"\x1f\x8b\x08\x00\x00\n\x00\x03\xff\xfe\n\x01\x02\n";
    let foreign = b"pod-1 2026-06-12T02:07:07.418Z | ERROR | a | pid=1 | req=r | stop | n=1\n";
    let inputs: [(&[u8], &str); 4] = [
        (b"some\ntext\n", "none of 2 lines"),
        (packed, "none of 3 lines"),
        (foreign, "none of 1 line"),
        (b"", "no lines in standard input"),
    ];
    for command in commands {
        for (input, said) in inputs {
            let output = run(command, input);
            assert_eq!(output.status.code(), Some(1), "{command:?} {input:?}");
            assert_eq!(text(&output.stdout), "");
            let message = text(&output.stderr);
            assert!(message.contains(said), "{message}");
            assert_eq!(message.contains("zcat"), !input.is_empty(), "{message}");
        }
    }
}

#[test]
fn errors_of_no_request_are_not_passed_over_in_silence() {
    let log = b"2026-06-12T02:07:07.418Z | ERROR | a | pid=1 | req=- | disk_full | n=1\n\
        2026-06-12T02:07:07.419Z | INFO | a | pid=1 | req=r | fine | n=1\n";
    let output = run(&["story", "--last-failed"], log);
    assert_eq!(
        text(&output.stderr),
        "storyline: none of 1 request failed, panicked or died; 1 record at ERROR belongs to no request; \
         `requests` shows how each ended\n"
    );
}

#[test]
fn standard_input_is_read_with_and_without_a_dash_and_beside_files() {
    let log = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/logs/payment.log"));
    let log = log.unwrap();
    let plain = run(&["requests"], &log);
    assert_eq!(plain.status.code(), Some(0));
    assert!(text(&plain.stdout).contains("checkout-7f3a"));
    assert_eq!(run(&["requests", "-"], &log).stdout, plain.stdout);
    let both = run(&["story", "-", "gateway.json", "--last-failed"], &log);
    assert!(text(&both.stdout).contains("gateway pid 12346"));
    let files = run(
        &["story", "payment.log", "gateway.json", "--last-failed"],
        b"",
    );
    assert_eq!(text(&both.stdout), text(&files.stdout));
}

#[test]
fn what_is_no_terminal_gets_no_colours() {
    let arguments = ["story", "payment.log", "--last-failed"];
    assert!(!run(&arguments, b"").stdout.contains(&0x1b));
    let always = run(&[&arguments[..], &["--color", "always"]].concat(), b"");
    assert!(always.stdout.contains(&0x1b));
}

/// Some terminals have columns and say that they have no rows: inside a multiplexer that has none yet,
/// over a serial line.
#[cfg(target_os = "linux")]
#[test]
fn a_terminal_without_rows_still_has_columns() {
    let tool = env!("CARGO_BIN_EXE_storyline");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/logs");
    let line = format!("stty rows 0 cols 60; '{tool}' stats payment.log");
    let output = Command::new("script")
        .args(["-qec", &line, "/dev/null"])
        .current_dir(folder)
        .stdin(Stdio::null())
        .output();
    // A machine without that program cannot make a terminal for the test.
    let Ok(output) = output else { return };
    let text = text(&output.stdout);
    assert!(text.contains("at this width"), "{text}");
}

#[test]
fn a_reader_that_has_enough_ends_the_run_silently() {
    let mut log = String::new();
    for nth in 0..20_000 {
        writeln!(
            log,
            "2026-06-12T02:07:07.418Z | INFO | a | pid=1 | req=r{nth} | step | n={nth}"
        )
        .unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("many.log");
    std::fs::write(&path, log).unwrap();
    let mut child = tool(&["requests", path.to_str().unwrap()]).spawn().unwrap();
    let mut stdout = child.stdout.take().unwrap();
    let mut first = [0; 100];
    stdout.read_exact(&mut first).unwrap();
    drop(stdout);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(text(&output.stderr), "");
}
