//! How requests end, from records one a millisecond.

use storyline::ValueBuf;

use super::*;
use crate::testing::record;

/// `(process, event, status)`, one a millisecond.
fn judged(records: &[(u32, &str, u64)]) -> Judge {
    let mut judge = Judge::new(0);
    for (at, (process, event, status)) in (0_i64..).zip(records) {
        let fields: &[_] = match *event {
            "response_sent" => &[("status", ValueBuf::UInt(*status))],
            "function_failed" => &[("outcome", ValueBuf::Str("err".to_owned()))],
            _ => &[],
        };
        let mut record = record(at * 1_000_000, event, fields);
        record.level = match *event {
            "panic" => Level::Critical,
            "function_failed" => Level::Error,
            _ => Level::Info,
        };
        judge.see(&record, &Fact::of(&record), *process);
    }
    judge
}

#[test]
fn the_outermost_service_answers() {
    let ok_after_a_retry = [
        (0, "request_received", 0),
        (1, "request_received", 0),
        (1, "response_sent", 503),
        (0, "function_failed", 0),
        (1, "request_received", 0),
        (1, "response_sent", 200),
        (0, "response_sent", 201),
    ];
    let judge = judged(&ok_after_a_retry);
    assert_eq!(judge.outcome(), Outcome::Ok);
    assert_eq!((judge.status(), judge.errors()), (Some(201), 1));
    assert_eq!(judged(&ok_after_a_retry[..6]).outcome(), Outcome::Failed);
    assert_eq!(
        judged(&ok_after_a_retry[..3]).outcome(),
        Outcome::Unfinished
    );
}

#[test]
fn received_in_the_same_millisecond_the_longer_one_is_the_outer_one() {
    let mut judge = Judge::new(0);
    for (process, event, status, ms) in [
        (1, "request_received", 0, 0.0),
        (0, "request_received", 0, 0.0),
        (1, "response_sent", 503, 40.0),
        (0, "response_sent", 504, 41.5),
    ] {
        let fields = [
            ("status", ValueBuf::UInt(status)),
            ("duration_ms", ValueBuf::Float(ms)),
        ];
        let record = record(0, event, &fields);
        judge.see(&record, &Fact::of(&record), process);
    }
    assert_eq!((judge.edge(), judge.status()), (Some(0), Some(504)));
}

#[test]
fn without_a_request_the_last_response_answers() {
    let records = [(1, "response_sent", 500), (0, "response_sent", 404)];
    assert_eq!(judged(&records).outcome(), Outcome::Refused);
}

#[test]
fn panics_cancellations_and_the_rest() {
    let of = |records: &[(u32, &str, u64)]| judged(records).outcome();
    let received = (0, "request_received", 0);
    assert_eq!(of(&[received, (0, "panic", 0)]), Outcome::Panicked);
    assert_eq!(
        of(&[received, (0, "panic", 0), (0, "response_sent", 500)]),
        Outcome::Panicked
    );
    assert_eq!(
        of(&[received, (0, "panic", 0), (0, "response_sent", 200)]),
        Outcome::Ok
    );
    assert_eq!(
        of(&[
            received,
            (0, "function_failed", 0),
            (0, "request_cancelled", 0)
        ]),
        Outcome::Cancelled
    );
    assert_eq!(of(&[(0, "function_failed", 0)]), Outcome::Failed);
    assert_eq!(of(&[(0, "job_done", 0)]), Outcome::Ok);
}

#[test]
fn who_had_the_request_when_it_died_cut_it_off() {
    let received = (0, "request_received", 0);
    let died = |records: &[(u32, &str, u64)], process, last| {
        let mut judge = judged(records);
        let is_cut_off = judge.die(process, last);
        assert_eq!(is_cut_off, judge.outcome() == Outcome::Died, "{records:?}");
        judge.outcome()
    };
    assert_eq!(died(&[received, (0, "step", 0)], 0, None), Outcome::Died);
    assert_eq!(
        died(&[received, (0, "step", 0)], 1, None),
        Outcome::Unfinished
    );
    let failed = [received, (0, "function_failed", 0)];
    assert_eq!(died(&failed, 0, None), Outcome::Died);
    let answered = [received, (0, "response_sent", 200)];
    assert_eq!(died(&answered, 0, None), Outcome::Ok);
    let gone = [received, (0, "request_cancelled", 0)];
    assert_eq!(died(&gone, 0, None), Outcome::Cancelled);
    // Work outside of HTTP: the second record was made at one millisecond.
    let job = [(0, "job_begun", 0), (0, "step", 0)];
    assert_eq!(died(&job, 0, None), Outcome::Ok);
    assert_eq!(died(&job, 0, Some(1_900_000)), Outcome::Died);
    assert_eq!(died(&job, 0, Some(2_000_000)), Outcome::Ok);
}

#[test]
fn a_job_whose_last_record_was_recovered_was_at_work() {
    let mut judge = Judge::new(0);
    let record = record(0, "step", &[("recovered", ValueBuf::Bool(true))]);
    judge.see(&record, &Fact::of(&record), 0);
    assert!(judge.die(0, None));
}

#[test]
fn what_is_received_after_the_end_is_another_request() {
    let is_followed = |records: &[(u32, &str, u64)], process| {
        let judge = judged(records);
        let next = record(50_000_000, "request_received", &[]);
        judge.is_followed_by(&Fact::of(&next), process, 50_000_000)
    };
    let received = |process| (process, "request_received", 0);
    let answered = |process| (process, "response_sent", 503);
    // Tried again, at the same service or another.
    assert!(is_followed(&[received(0), answered(0)], 0));
    assert!(is_followed(&[received(0), answered(0)], 1));
    assert!(is_followed(&[received(0), (0, "request_cancelled", 0)], 0));
    // A service behind one that is at work, the first time and again.
    assert!(!is_followed(&[received(0)], 1));
    assert!(!is_followed(&[received(0), received(1), answered(1)], 1));
    // A service behind is still at work: its caller has given up, and is asked again.
    let given_up = [received(0), received(1), answered(0)];
    assert!(is_followed(&given_up, 0));
    assert!(!is_followed(&given_up, 1));
    // The panic of a thread is not the end of a request.
    assert!(!is_followed(&[received(0), (0, "panic", 0)], 1));
    // Work outside of HTTP calls a service.
    assert!(!is_followed(&[(0, "job_begun", 0)], 1));
}

#[test]
fn what_is_received_in_the_millisecond_of_the_end_is_a_service_behind() {
    let judge = judged(&[(0, "request_received", 0), (0, "response_sent", 200)]);
    let next = record(1_400_000, "request_received", &[]);
    assert!(!judge.is_followed_by(&Fact::of(&next), 1, 1_400_000));
}

#[test]
fn after_a_death_it_is_another_request() {
    let mut judge = judged(&[(0, "request_received", 0)]);
    judge.die(0, None);
    let next = record(50_000_000, "request_received", &[]);
    assert!(judge.is_followed_by(&Fact::of(&next), 1, 50_000_000));
}

#[test]
fn two_at_one_time_are_counted() {
    let received = (0, "request_received", 0);
    assert_eq!(judged(&[received]).at_once(), 1);
    assert_eq!(judged(&[received, received]).at_once(), 2);
    assert_eq!(judged(&[(0, "job_done", 0)]).at_once(), 1);
}
