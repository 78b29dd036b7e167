//! What the program says itself: its usage and its report.

use std::process::{Command, Stdio};

use super::{Incident, field};
use crate::alone::wait_until;
use storyline_cli::input::Source;
use storyline_cli::judge::Outcome;
use storyline_cli::story::{Limits, Story};

pub(super) fn who_asks_is_told_how_to_use_it(incident: &Incident) {
    let asked = Command::new(&incident.program)
        .arg("--help")
        .output()
        .expect("the example runs");
    assert_eq!(asked.status.code(), Some(0));
    assert!(asked.stdout.starts_with(b"usage: payment_incident"));
    assert!(asked.stderr.is_empty());
    let mistaken = Command::new(&incident.program)
        .arg("--halp")
        .output()
        .expect("the example runs");
    assert_eq!(mistaken.status.code(), Some(1));
    assert!(mistaken.stdout.is_empty());
    let told = String::from_utf8_lossy(&mistaken.stderr);
    assert!(told.contains("`--halp` is not known"), "{told}");
}

pub(super) fn the_report_tells_the_story(incident: &Incident) {
    let files = ["payment-service.json", "gateway.log"].map(|name| incident.path(name));
    let sources = Source::open_all(&files).expect("files");
    let story = Story::of_last_failed(sources, Limits::default()).expect("a failed request");
    assert_eq!((story.outcome, story.status), (Outcome::Failed, Some(504)));
    assert_eq!(story.processes.len(), 2, "{:?}", story.processes);
    assert!(story.counts.retries >= 2, "{:?}", story.counts);
    for expected in [
        story.id.as_str(),
        "FAILED 504",
        "payment_pending → payment_failed",
        "create_payment",
        "p95",
        "dropped 0",
        "went away",
        "lost the connection",
        "payment-service.log",
    ] {
        assert!(
            incident.report.contains(expected),
            "no `{expected}` in:\n{}",
            incident.report
        );
    }
}

/// The next run of the same logs says what became of the one before, and its own story is whole.
pub(super) fn the_story_is_told_also_after_a_kill_half_way(incident: &mut Incident) {
    let log = incident.path("payment-service.log");
    std::fs::remove_file(&log).expect("of the run before");
    let quiet = |command: &mut Command| {
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn().expect("the example runs")
    };
    let mut killed = quiet(&mut incident.small());
    wait_until("the middle of it", || {
        let text = std::fs::read_to_string(&log).unwrap_or_default();
        text.matches("response_sent").count() > 10
    });
    killed.kill().expect("not at its end");
    killed.wait().expect("killed");

    incident.repeat();
    the_report_tells_the_story(incident);
    let records = incident.records(&["payment-service.log"]);
    let died: Vec<_> = records
        .iter()
        .filter(|it| it.event == "process_died")
        .collect();
    assert_eq!(died.len(), 1);
    assert_eq!(field(died[0], "died_pid"), killed.id().to_string());
}
