//! What took how long.

use std::collections::BTreeMap;

use super::field;
use storyline::RecordBuf;
use storyline_cli::judge::{number, whole};

/// How long one attempt may take, as the example has it.
const TIME_LIMIT_MS: f64 = 400.0;

/// What two clocks may differ in, and a timer may be early: a millisecond each.
const CLOCKS_MS: f64 = 2.0;

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

/// Every bound is something that was measured: the delay that the bank was given, what the gateway says
/// it took, and what the payment service says the whole request took. A busy machine moves all of them.
pub(super) fn durations_agree_with_the_injected_delays(
    service: &[RecordBuf],
    gateway: &[RecordBuf],
) {
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
