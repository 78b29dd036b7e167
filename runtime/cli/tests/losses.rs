//! What the log says is missing, and whom a death cut off.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on may end there")]

use std::path::Path;

/// The output and the messages of a command over files.
fn run_over(arguments: &[&str], files: &[&Path]) -> (String, String) {
    let files = files.iter().map(|it| it.to_str().unwrap());
    let line = ["storyline"].into_iter().chain(arguments.iter().copied());
    let (mut out, mut messages) = (Vec::new(), Vec::new());
    let code = storyline_cli::run(line.chain(files), &mut out, &mut messages);
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let (out, messages) = (text(out), text(messages));
    assert_eq!(code, 0, "{messages}");
    (out, messages)
}

fn run(arguments: &[&str], log: &[u8]) -> (String, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pay.log");
    std::fs::write(&path, log).unwrap();
    run_over(arguments, &[&path])
}

const LOG: &[u8] = b"\
2026-06-12T02:07:07.100Z | INFO | pay | pid=7 | req=done | request_received | path=/a
2026-06-12T02:07:07.200Z | INFO | pay | pid=7 | req=done | response_sent | status=200 duration_ms=100.0
2026-06-12T02:07:07.300Z | INFO | pay | pid=7 | req=cut | request_received | path=/b
2026-06-12T02:07:07.400Z | INFO | pay | pid=7 | req=early | job_step | n=1
2026-06-12T02:07:07.500Z | INFO | pay | pid=7 | req=cut | step | factor=1.0
2026-06-12T02:07:07.600Z | INFO | pay | pid=7 | req=job | job_step | n=1 recovered=true
2026-06-12T03:00:00.000Z | WARNING | pay | pid=9 | req=- | process_died | died_pid=7 died_service=pay records=1 damaged=0
2026-06-12T03:00:01.000Z | WARNING | pay | pid=9 | req=- | records_dropped | sink=pay.log reason=disk_full count=552
2026-06-12T03:00:02.000Z | INFO | pay | pid=9 | req=after | request_received | path=/c
2026-06-12T03:00:02.100Z | INFO | pay | pid=9 | req=after | response_sent | status=200 duration_ms=100.0
";

#[test]
fn who_was_cut_off_by_a_death_is_a_failure_and_its_story_says_so() {
    let (rows, _) = run(&["requests", "--json", "--failed"], LOG);
    let rows = rows.lines().map(|line| {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        [&row["request_id"], &row["outcome"]].map(ToString::to_string)
    });
    let died = |id: &str| [format!("\"{id}\""), "\"died\"".to_owned()];
    assert_eq!(rows.collect::<Vec<_>>(), [died("cut"), died("job")]);
    let (story, _) = run(&["story", "--last-failed"], LOG);
    assert!(story.contains("DIED"), "{story}");
    let (story, _) = run(&["story", "--req=cut", "--width=200"], LOG);
    for words in [
        "DIED",
        "the process died that was pay, pid 7",
        "process_died WARNING died_pid=7",
        "factor=1.0",
    ] {
        assert!(story.contains(words), "{words}: {story}");
    }
    for id in ["done", "after", "early"] {
        let (story, _) = run(&["story", "--req", id], LOG);
        assert!(story.contains("OK"), "{story}");
        assert!(!story.contains("process_died"), "{story}");
    }
}

#[test]
fn what_is_missing_stands_under_every_table() {
    let commands: [&[&str]; 3] = [&["stats"], &["requests"], &["story", "--req=done"]];
    for command in commands {
        let (said, _) = run(&[command, &["--width=200"]].concat(), LOG);
        for words in [
            "missing",
            "552 records were dropped (disk_full 552)",
            "1 process died",
        ] {
            assert!(said.contains(words), "{command:?} {words}: {said}");
        }
        let (out, messages) = run(&[command, &["--json"]].concat(), LOG);
        // One object a line has no room for it.
        let said = if command == ["requests"] {
            messages
        } else {
            out
        };
        assert!(said.contains("disk_full"), "{said}");
    }
    let end = LOG.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    let (healthy, _) = run(&["stats"], &LOG[..end]);
    assert!(!healthy.contains("missing"), "{healthy}");
}

#[test]
fn one_loss_in_two_files_is_one() {
    let folder = tempfile::tempdir().unwrap();
    let paths = ["a.log", "b.log"].map(|name| folder.path().join(name));
    for path in &paths {
        std::fs::write(path, LOG).unwrap();
    }
    for command in [&["stats"][..], &["story", "--req=cut"]] {
        let (said, _) = run_over(command, &[&paths[0], &paths[1]]);
        assert!(said.contains("(disk_full 552)"), "{said}");
        assert!(said.contains("1 process died"), "{said}");
        assert_eq!(said.matches("process_died").count(), 1, "{said}");
    }
}
