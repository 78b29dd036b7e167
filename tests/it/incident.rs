//! The README's incident at small size, run as a program: its files, read back through the tool, tell
//! what really happened.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use rusqlite::Connection;
use storyline::{Level, RecordBuf};
use storyline_cli::input::{Merged, Source};
use storyline_cli::judge::{Outcome, number, text, whole};
use storyline_cli::story::{Limits, Story};

/// How long one attempt may take, as the example has it.
const TIME_LIMIT_MS: f64 = 400.0;

/// A line that says why a request did not end as its customer wished.
const WHY: [&str; 3] = ["payment_failed", "request_cancelled", "panic"];

/// What two clocks may differ in, and a timer may be early: a millisecond each.
const CLOCKS_MS: f64 = 2.0;

struct Incident {
    program: PathBuf,
    report: String,
    logs: PathBuf,
    _folder: tempfile::TempDir,
}

impl Incident {
    /// Builds the example as the rest of the workspace is built, and runs it.
    fn run() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let build = Command::new(env!("CARGO"))
            .args([
                "build",
                "--quiet",
                "--workspace",
                "--example",
                "payment_incident",
            ])
            .args(["--message-format", "json"])
            .current_dir(root)
            .output()
            .expect("cargo runs");
        let messages = String::from_utf8_lossy(&build.stdout);
        assert!(
            build.status.success(),
            "{}",
            String::from_utf8_lossy(&build.stderr)
        );
        let program = messages
            .lines()
            .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
            .filter(|message| message["target"]["name"] == "payment_incident")
            .find_map(|message| message["executable"].as_str().map(PathBuf::from))
            .expect("cargo names the program");
        let folder = tempfile::tempdir().expect("a folder");
        let logs = folder.path().join("logs");
        let run = Command::new(&program)
            .arg("small")
            .arg("--logs")
            .arg(&logs)
            .output()
            .expect("the example runs");
        let errors = String::from_utf8_lossy(&run.stderr);
        assert!(run.status.success(), "{errors}");
        Self {
            program,
            report: String::from_utf8_lossy(&run.stdout).into_owned(),
            logs,
            _folder: folder,
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.logs.join(name)
    }

    fn records(&self, names: &[&str]) -> Vec<RecordBuf> {
        let paths: Vec<_> = names.iter().map(|name| self.path(name)).collect();
        let sources = Source::open_all(&paths).expect("files that can be read");
        let mut merged = Merged::new(sources, false).expect("files that can be read");
        let mut records = Vec::new();
        while let Some(record) = merged.read_record().expect("files that can be read") {
            records.push(record);
        }
        records
    }
}

fn field(record: &RecordBuf, key: &str) -> String {
    record
        .field(key)
        .map_or_else(String::new, |it| text(it).into_owned())
}

fn millis(record: &RecordBuf, key: &str) -> f64 {
    let value = record.field(key).and_then(number);
    value.unwrap_or_else(|| panic!("no {key} in {record:?}"))
}

/// The request, the order and the attempt of a record.
fn attempt(record: &RecordBuf) -> (Option<String>, u64, u64) {
    let count = |key| record.field(key).and_then(whole);
    let count = |key| count(key).unwrap_or_else(|| panic!("no {key} in {record:?}"));
    (
        record.request_id.clone(),
        count("order_id"),
        count("attempt"),
    )
}

#[test]
fn the_files_tell_what_happened() {
    let incident = Incident::run();
    let service = incident.records(&["payment-service.log"]);
    let gateway = incident.records(&["gateway.log"]);

    both_files_hold_the_same(&incident);
    every_failed_request_has_one_line_that_says_why(&service);
    durations_agree_with_the_injected_delays(&service, &gateway);
    database_and_log_tell_the_same_steps(&incident, &service);
    each_ending_shows_as_what_it_is(&service, &gateway);
    no_file_holds_a_card_number(&incident, &gateway);
    the_report_tells_the_story(&incident);
    who_asks_is_told_how_to_use_it(&incident);
}

fn both_files_hold_the_same(incident: &Incident) {
    for service in ["payment-service", "gateway"] {
        let lines = incident.records(&[&format!("{service}.log")]);
        let json = incident.records(&[&format!("{service}.json")]);
        assert_eq!(lines.len(), json.len(), "{service}");
        assert!(lines.iter().all(|it| it.service == service));
        let events = |records: &[RecordBuf]| {
            let mut events: Vec<_> = records
                .iter()
                .map(|it| (it.event.clone(), it.request_id.clone()))
                .collect();
            events.sort();
            events
        };
        assert_eq!(events(&lines), events(&json), "{service}");
    }
}

fn every_failed_request_has_one_line_that_says_why(service: &[RecordBuf]) {
    let mut requests: BTreeMap<&str, Vec<&RecordBuf>> = BTreeMap::new();
    for record in service {
        if let Some(id) = &record.request_id {
            requests.entry(id).or_default().push(record);
        }
    }
    assert_eq!(requests.len(), 60);
    let mut failed = 0;
    for (id, records) in requests {
        let status = records.iter().find(|it| it.event == "response_sent");
        let is_good = status.is_some_and(|it| field(it, "status") == "201");
        let why: Vec<_> = records
            .iter()
            .filter(|it| WHY.contains(&it.event.as_str()))
            .collect();
        assert_eq!(why.len(), usize::from(!is_good), "{id}: {why:?}");
        if let Some(why) = why.first().filter(|it| it.event == "payment_failed") {
            assert!(
                !field(why, "reason").is_empty() && !field(why, "error").is_empty(),
                "{why:?}"
            );
        }
        failed += usize::from(!is_good);
    }
    assert!(failed >= 8, "{failed} failed");
}

/// Every bound is something that was measured: the delay that the bank was given, what the gateway says
/// it took, and what the payment service says the whole request took. A busy machine moves all of them.
fn durations_agree_with_the_injected_delays(service: &[RecordBuf], gateway: &[RecordBuf]) {
    let delays: BTreeMap<_, _> = gateway
        .iter()
        .filter(|it| it.event == "delay_injected")
        .map(|it| (attempt(it), millis(it, "delay_ms")))
        .collect();
    // What the gateway's bank took, for the attempts that it answered.
    let authorized: BTreeMap<_, _> = gateway
        .iter()
        .filter(|it| it.event == "function_complete" && field(it, "name") == "authorize")
        .map(|it| {
            let attempt = it.field("attempt").and_then(whole);
            ((it.request_id.clone(), attempt), millis(it, "duration_ms"))
        })
        .collect();
    // What each request took in all, at the service, for those that were answered.
    let answered: BTreeMap<_, _> = service
        .iter()
        .filter(|it| it.event == "response_sent")
        .map(|it| (it.request_id.clone(), millis(it, "duration_ms")))
        .collect();
    let mut charged = BTreeMap::<_, f64>::new();
    let mut timed_out = 0;
    let calls = service.iter().filter(|it| field(it, "name") == "charge");
    let mut count = 0;
    for call in calls.filter(|it| it.event != "function_cancelled") {
        let took = millis(call, "duration_ms");
        *charged.entry(call.request_id.clone()).or_default() += took;
        let delay = delays.get(&attempt(call));
        if field(call, "error").contains("no answer within") {
            assert!(took >= TIME_LIMIT_MS - CLOCKS_MS, "{call:?}");
            timed_out += 1;
        } else {
            // An answer came through the gateway, so it knows of the attempt, and it waited.
            let delay = delay.unwrap_or_else(|| panic!("no delay for {call:?}"));
            let key = (
                call.request_id.clone(),
                call.field("attempt").and_then(whole),
            );
            let bank = authorized[&key];
            assert!(
                bank >= delay - CLOCKS_MS && took >= bank - CLOCKS_MS,
                "{took} ms for {bank} ms of the bank, a delay of {delay} ms: {call:?}"
            );
        }
        let is_slow = call.field("slow").is_some();
        assert_eq!(
            is_slow,
            call.event == "function_complete" && took >= 150.0,
            "{call:?}"
        );
        count += 1;
    }
    // What was measured inside is never more than what was measured around it.
    for (id, sum) in &charged {
        let around = answered.get(id).copied().unwrap_or(f64::INFINITY);
        assert!(*sum <= around + 0.1, "{sum} ms of {around} ms: {id:?}");
    }
    let judged = charged
        .keys()
        .filter(|id| answered.contains_key(*id))
        .count();
    assert!(
        count > 40 && timed_out >= 3 && judged > 30,
        "{count} calls, {timed_out} timed out, {judged} requests"
    );
}

fn database_and_log_tell_the_same_steps(incident: &Incident, service: &[RecordBuf]) {
    type Step = (String, String, String, String);
    let database = Connection::open(incident.path("orders.db")).expect("the database");
    let mut query = database
        .prepare("select order_id, from_state, to_state, request_id from steps")
        .expect("a table of steps");
    let rows = query.query_map([], |row| {
        Ok((
            row.get::<_, i64>(0)?.to_string(),
            row.get(1)?,
            row.get(2)?,
            row.get(3)?,
        ))
    });
    let mut stored: Vec<Step> = rows.and_then(Iterator::collect).expect("steps");
    let mut logged: Vec<Step> = service
        .iter()
        .filter(|it| it.event == "state_transition")
        .map(|it| {
            let id = it.request_id.clone().unwrap_or_default();
            (field(it, "id"), field(it, "from"), field(it, "to"), id)
        })
        .collect();
    stored.sort();
    logged.sort();
    assert!(stored.len() > 100, "{} steps", stored.len());
    assert_eq!(stored, logged);

    // Where an order stands is where its last step led.
    let mut states: BTreeMap<String, String> = BTreeMap::new();
    for record in service.iter().filter(|it| it.event == "state_transition") {
        states.insert(field(record, "id"), field(record, "to"));
    }
    let mut query = database
        .prepare("select id, state from orders")
        .expect("a table of orders");
    let rows = query.query_map([], |row| {
        Ok((row.get::<_, i64>(0)?.to_string(), row.get::<_, String>(1)?))
    });
    let rows: Vec<_> = rows.and_then(Iterator::collect).expect("orders");
    for (id, state) in rows {
        let last = states.get(&id).map_or("created", String::as_str);
        assert_eq!(state, last, "order {id}");
    }
}

fn each_ending_shows_as_what_it_is(service: &[RecordBuf], gateway: &[RecordBuf]) {
    let ids = |records: &[RecordBuf], event: &str| -> BTreeSet<_> {
        let of_it = records.iter().filter(|it| it.event == event);
        of_it
            .map(|it| it.request_id.clone().expect("a request"))
            .collect()
    };
    // Customers who went away: the layer and the timers of what was dropped say so.
    let left = ids(service, "request_cancelled");
    assert_eq!(left.len(), 4, "{left:?}");
    let dropped: BTreeSet<_> = service
        .iter()
        .filter(|it| it.event == "function_cancelled" && field(it, "name") == "create_payment")
        .inspect(|it| {
            assert_eq!(
                (it.level, field(it, "outcome").as_str()),
                (Level::Warning, "cancelled")
            );
        })
        .map(|it| it.request_id.clone().expect("a request"))
        .collect();
    assert_eq!(left, dropped);
    // The gateway's side of a call that was given up.
    assert!(ids(gateway, "request_cancelled").is_superset(&left));
    // One handler panicked, and every line about it belongs to that request.
    let panicked = ids(service, "panic");
    assert_eq!(panicked.len(), 1, "{panicked:?}");
    assert_eq!(panicked, ids(service, "request_panicked"));
    let of_timer: Vec<_> = service
        .iter()
        .filter(|it| field(it, "outcome") == "panic")
        .collect();
    assert_eq!(of_timer.len(), 1);
    assert_eq!(
        (of_timer[0].level, field(of_timer[0], "name").as_str()),
        (Level::Error, "create_payment")
    );
    // The id that was too long was replaced, and is nowhere.
    let refused: Vec<_> = service
        .iter()
        .filter(|it| it.event == "invalid_request_id")
        .collect();
    assert_eq!(refused.len(), 1);
    assert_eq!(field(refused[0], "length"), "4000");
    assert!(
        service
            .iter()
            .all(|it| !format!("{it:?}").contains("wwwwwwww"))
    );
}

/// The bytes of the files are searched, not the records: whatever a key is called, and wherever a number
/// got into a text, it would be found.
fn no_file_holds_a_card_number(incident: &Incident, gateway: &[RecordBuf]) {
    // Numbers went through: each charge shows the last four digits of one.
    let masked: Vec<_> = gateway
        .iter()
        .filter(|it| it.event == "charge_received")
        .map(|it| field(it, "card_number"))
        .collect();
    assert!(masked.len() > 40, "{masked:?}");
    for card in &masked {
        let shown = card.chars().filter(char::is_ascii_digit).count();
        assert!(shown == 4 && card.chars().count() > 4, "{card}");
    }
    for name in ["payment-service", "gateway"] {
        for kind in ["log", "json"] {
            let path = incident.path(&format!("{name}.{kind}"));
            let bytes = std::fs::read(&path).expect("a log file");
            let cards = card_numbers(&bytes);
            assert!(cards.is_empty(), "{}: {cards:?}", path.display());
        }
    }
    let cards = card_numbers(incident.report.as_bytes());
    assert!(cards.is_empty(), "the report: {cards:?}");
}

/// `4000` and twelve more digits, in one piece or in groups of four. Part of a longer row of
/// hexadecimal digits is an id.
fn card_numbers(bytes: &[u8]) -> Vec<String> {
    let is_id = |at: Option<usize>| {
        let byte = at.and_then(|at| bytes.get(at));
        byte.is_some_and(u8::is_ascii_hexdigit)
    };
    let mut found = Vec::new();
    for (at, _) in bytes.windows(4).enumerate().filter(|(_, it)| it == b"4000") {
        let mut digits = 0;
        let mut end = at;
        while let Some(byte) = bytes.get(end) {
            match byte {
                b'0'..=b'9' if digits < 16 => digits += 1,
                b' ' | b'-' if digits % 4 == 0 && digits < 16 => {}
                _ => break,
            }
            end += 1;
        }
        if digits == 16 && !is_id(at.checked_sub(1)) && !is_id(Some(end)) {
            found.push(String::from_utf8_lossy(&bytes[at..end]).into_owned());
        }
    }
    found
}

#[test]
fn card_numbers_are_found_wherever_they_stand() {
    for (text, expected) in [
        ("note=\"paid with 4000123412341234.\"", 1),
        ("{\"a\":4000123412341234}", 1),
        ("4000 1234 1234 1234 and 4000-1234-1234-1234", 2),
        ("card_number=************1234 amount=4000", 0),
        ("400012341234123", 0),
        ("request_id=4000123412341234abcd", 0),
        ("length=4000 2026-11-22 15:00:00", 0),
    ] {
        assert_eq!(card_numbers(text.as_bytes()).len(), expected, "{text}");
    }
}

fn who_asks_is_told_how_to_use_it(incident: &Incident) {
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

fn the_report_tells_the_story(incident: &Incident) {
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
