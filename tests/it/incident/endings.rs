//! How requests ended: each failed one says why, each ending shows as what it is.

use std::collections::{BTreeMap, BTreeSet};

use super::field;
use storyline::{Level, RecordBuf};

/// A line that says why a request did not end as its customer wished.
const WHY: [&str; 3] = ["payment_failed", "request_cancelled", "panic"];

pub(super) fn every_failed_request_has_one_line_that_says_why(service: &[RecordBuf]) {
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

pub(super) fn each_ending_shows_as_what_it_is(service: &[RecordBuf], gateway: &[RecordBuf]) {
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
