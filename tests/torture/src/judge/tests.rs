//! A judge that finds nothing wrong with a doctored log would find nothing at all.

use super::*;

const SEED: u64 = 11;

fn lives() -> Vec<Life> {
    vec![Life {
        seed: SEED,
        acknowledged: vec![5, 3],
    }]
}

fn written(thread: u64, seq: u64) -> String {
    line(&Step::of(SEED, thread, seq), "")
}

/// The line that this record is, written by the formatter itself.
fn line(step: &Step, more: &str) -> String {
    use storyline::format::{Format, Line};

    let logged = storyline::testing::capture(|| step.log());
    let mut text = Vec::new();
    Line::default().format(&logged[0].as_record(), &mut text);
    let text = String::from_utf8(text).expect("text");
    format!("{}{more}\n", text.trim_end_matches('\n'))
}

fn whole() -> Vec<String> {
    let mut lines = vec![written(1, 1), written(0, 1), written(0, 2), written(1, 2)];
    lines.extend([written(0, 3), written(1, 3), written(0, 4), written(0, 5)]);
    lines
}

fn faults(lines: &[String], kills: u64) -> String {
    match judge(lines.concat().as_bytes(), &lives(), kills) {
        Ok(verdict) => panic!("passed: {verdict:?}"),
        Err(faults) => faults.to_string(),
    }
}

#[test]
fn a_whole_log_passes_with_what_a_death_may_leave() {
    let mut lines = whole();
    let cut = lines[3].as_bytes()[..40].to_vec();
    lines.insert(3, format!("{}…(cut)\n", String::from_utf8_lossy(&cut)));
    lines.push(line(&Step::of(SEED, 1, 4), " recovered=true"));
    let own = "2026-06-12T02:07:07.418Z | WARNING | v | pid=7 | req=- | process_died | died_pid=3 records=1 damaged=0\n";
    lines.push(own.to_owned());
    let verdict = judge(lines.concat().as_bytes(), &lives(), 1).expect("whole");
    assert_eq!(
        (
            verdict.records,
            verdict.recovered,
            verdict.in_flight,
            verdict.cut
        ),
        (9, 1, 1, 1)
    );
    assert_eq!((verdict.told, verdict.own["process_died"]), (1, 1));
}

#[test]
fn what_is_missing_is_found() {
    for at in 0..whole().len() {
        let mut lines = whole();
        lines.remove(at);
        assert!(faults(&lines, 1).contains("1 records missing"), "{at}");
    }
}

#[test]
fn what_is_there_twice_is_found() {
    for at in 0..whole().len() {
        let mut lines = whole();
        let line = lines[at].clone();
        lines.push(line);
        assert!(faults(&lines, 1).contains("there twice"), "{at}");
    }
    let mut lines = whole();
    lines.extend([written(0, 6), written(0, 6)]);
    assert!(faults(&lines, 1).contains("number 6: there twice"));
}

#[test]
fn what_is_out_of_order_is_found() {
    let mut lines = whole();
    lines.swap(1, 2);
    assert!(faults(&lines, 1).contains("number 1: behind number 2"));
    let mut lines = whole();
    lines.swap(0, 1);
    assert!(
        judge(lines.concat().as_bytes(), &lives(), 0).is_ok(),
        "between threads there is none"
    );
}

#[test]
fn what_is_torn_is_found() {
    for at in 1..written(1, 1).len() - 1 {
        let mut lines = whole();
        let mut torn = lines[0].clone().into_bytes();
        torn.truncate(at);
        lines[0] = String::from_utf8_lossy(&torn).into_owned();
        faults(&lines, 1);
    }
    let mut lines = whole();
    lines[7].pop();
    assert!(faults(&lines, 1).contains("does not end with a line"));
    let mut lines = whole();
    lines.insert(0, "2026…(cut)\n".to_owned());
    assert!(faults(&lines, 0).contains("1 lines are cut, and 0 processes were killed"));
}

#[test]
fn what_is_changed_is_found() {
    let at = whole()
        .iter()
        .position(|line| line.contains("payload=\""))
        .expect("one in quotes");
    let mut lines = whole();
    lines[at] = lines[at].replacen("payload=\"", "payload=\"x", 1);
    assert!(faults(&lines, 1).contains("changed: payload"));
    let mut lines = whole();
    let level = lines[0].split(" | ").nth(1).expect("a level").to_owned();
    let other = if level == "INFO" { "ERROR" } else { "INFO" };
    lines[0] = lines[0].replacen(&level, other, 1);
    assert!(faults(&lines, 1).contains("changed: level"));
    let mut lines = whole();
    lines[0] = lines[0].replacen(" | req=", " | req=z", 1);
    assert!(faults(&lines, 1).contains("changed: request"));
}

#[test]
fn what_is_invented_is_found() {
    let mut lines = whole();
    lines.push(written(0, 7));
    assert!(faults(&lines, 1).contains("invented"));
    let mut lines = whole();
    lines.push(written(2, 1));
    assert!(faults(&lines, 1).contains("nobody logged it"));
    let mut lines = whole();
    lines.push(whole()[0].replace("| step |", "| stepped |"));
    assert!(faults(&lines, 1).contains("nobody logged `stepped`"));
}
