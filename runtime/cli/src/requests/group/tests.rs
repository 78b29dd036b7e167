//! Requests of made-up lines, more than may be held.

use std::io::{Cursor, Read};

use super::*;
use crate::input::Entries;

fn requests(text: String, most: usize) -> Requests {
    let reader: Box<dyn Read> = Box::new(Cursor::new(text));
    let entries = vec![Entries::new("test".to_owned(), reader)];
    let merged = Merged::of(entries, false).expect("readable");
    Requests::of_merged(merged, most).expect("readable")
}

fn line(nth: u32, level: &str, event: &str) -> String {
    let (second, ms) = (nth / 1000, nth % 1000);
    format!(
        "2026-06-12T02:07:{second:02}.{ms:03}Z | {level} | pay | pid=1 | req=r{nth} | {event} | n=1\n"
    )
}

#[test]
fn the_oldest_are_let_go_and_the_last_failed_is_remembered() {
    let mut text = String::new();
    for nth in 0..1000 {
        let level = if nth == 3 || nth == 5 {
            "ERROR"
        } else {
            "INFO"
        };
        text.push_str(&line(nth, level, "step"));
    }
    let requests = requests(text, 100);
    assert!(requests.iter().count() <= 100);
    assert_eq!(requests.count(), 1000);
    assert_eq!(requests.last_failed(), Some("r5"));
    assert!(
        requests
            .iter()
            .all(|it| it.start > 1_781_230_020_000_000_000)
    );
}

#[test]
fn requests_of_one_id_are_held_within_the_same_bound() {
    let mut text = String::new();
    for nth in 0..1000 {
        text += &line(2 * nth, "INFO", "request_received");
        text += &line(2 * nth + 1, "INFO", "response_sent");
    }
    let text = (0..2000).fold(text, |text, nth| {
        text.replace(&format!("req=r{nth} "), "req=r ")
    });
    let requests = requests(text, 100);
    assert!(requests.iter().count() <= 100);
    assert_eq!(requests.count(), 1000);
    assert!(requests.iter().all(|it| it.of == 1000));
}

#[test]
fn records_of_no_request_are_counted_apart() {
    let text = line(1, "INFO", "step").replace("req=r1", "req=-") + &line(2, "INFO", "step");
    let requests = requests(text, 100);
    assert_eq!((requests.count(), requests.without_request()), (1, 1));
}
