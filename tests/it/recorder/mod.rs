//! After a death: what was logged and not written is recovered, once, as it was logged.

mod deaths;
mod lost_logs;
mod once;
mod wanted;

use std::time::{SystemTime, UNIX_EPOCH};

use crate::ledger::{is_recovered, numbers, records_with_cuts, text};
use crate::recorder_stage::Stage;
use crate::stuck::Stuck;
use storyline::format::Json;
use storyline::{Level, RecordBuf, context, log_event, sink};

fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    i64::try_from(since.expect("after 1970").as_nanos()).expect("before 2262")
}

/// Logs fifty orders and a failure on a thread of its own, none of which is written.
fn fifty_orders(stage: &Stage) {
    let guard = stage
        .setup()
        .sink(sink::custom("stuck", Stuck::now()))
        .sink(sink::file(stage.log()))
        .sink(sink::file(stage.join("logs/shop.json")).format(Json::default()))
        .sink(sink::file(stage.join("logs/errors.log")).level(Level::Error))
        .start()
        .expect("starts");
    std::mem::forget(guard);
    let teller = std::thread::Builder::new().name("teller".to_owned());
    let teller = teller.spawn(|| {
        let _request = storyline::request_scope("r-77");
        let _bound = context!(tenant = "acme");
        for n in 0..50_u64 {
            log_event!(INFO, "order_paid", "order {n} is paid", n, to = "ä | b\n");
        }
        log_event!(ERROR, "order_failed", n = 50_u64);
    });
    teller.expect("a thread").join().expect("no panic");
}

fn check_fifty_orders(stage: &Stage, pid: u32, since: i64) {
    let lines = records_with_cuts(stage.log(), 0);
    let objects = records_with_cuts(stage.join("logs/shop.json"), 0);
    let of_dead = |all: &[RecordBuf]| -> Vec<RecordBuf> {
        all.iter().filter(|it| it.pid == pid).cloned().collect()
    };
    for (records, is_json) in [(of_dead(&lines), false), (of_dead(&objects), true)] {
        assert!(numbers(&records, "order_paid").into_iter().eq(0..50));
        assert_eq!(numbers(&records, "order_failed"), [50]);
        assert_eq!(records.len(), 51);
        let mut last = since;
        for record in &records {
            assert!(is_recovered(record), "{record:?}");
            assert_eq!(record.service, "shop");
            assert_eq!(record.request_id.as_deref(), Some("r-77"));
            assert_eq!(text(record, "tenant"), "acme");
            let time = record.timestamp.as_nanos();
            assert!(last <= time && time <= now(), "{last} {time}");
            last = time;
            if is_json {
                assert_eq!(record.thread.as_deref(), Some("teller"));
                assert!(record.location.as_ref().is_some_and(|it| it.line > 0));
            }
        }
        let third = &records[3];
        assert_eq!(third.level, Level::Info);
        assert_eq!(text(third, "msg"), "order 3 is paid");
        assert_eq!(text(third, "to"), "ä | b\n");
        assert_eq!(records[50].level, Level::Error);
    }
    let errors = of_dead(&records_with_cuts(stage.join("logs/errors.log"), 0));
    assert_eq!(numbers(&errors, "order_failed"), [50]);
    assert_eq!(errors.len(), 1);
}

/// Milliseconds are what a line keeps.
fn this_millisecond() -> i64 {
    now() / 1_000_000 * 1_000_000
}
