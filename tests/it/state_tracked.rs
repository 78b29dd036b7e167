//! Tracked states: the id, the time in the previous state, and storing them.

use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use storyline::testing::{Captured, capture};
use storyline::{Machine, Tracked, ValueBuf, state_machine, transition};

#[state_machine(initial = Created)]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum Order {
    #[to(Pending)]
    Created,
    #[to(Paid)]
    Pending { attempt: u32 },
    #[terminal]
    Paid,
}

const SHORT: Duration = Duration::from_millis(20);

/// What a state may have lasted in milliseconds that began later than this; the clock of a record is no more exact.
fn most_since(moment: Instant) -> f64 {
    (moment.elapsed() + SHORT / 2).as_secs_f64() * 1e3
}

/// `in_state_ms` of the only record.
fn in_state_ms(captured: &Captured) -> f64 {
    assert_eq!(captured.len(), 1, "{captured:?}");
    match captured[0].field("in_state_ms") {
        Some(ValueBuf::Millis(millis)) => *millis,
        other => panic!("no time in the state: {other:?}"),
    }
}

#[test]
fn a_step_carries_the_id_and_the_time_in_the_previous_state() {
    let begun = Instant::now();
    let mut order = Tracked::new(7821, Order::Created);
    std::thread::sleep(SHORT);
    let stepped = Instant::now();
    let captured = capture(|| {
        transition!(order => Order::Pending { attempt: 1 }, order_id = 5).expect("an edge");
    });
    let keys: Vec<_> = captured[0]
        .fields
        .iter()
        .map(|(key, _)| key.as_str())
        .collect();
    assert_eq!(
        keys,
        ["machine", "id", "from", "to", "in_state_ms", "order_id"]
    );
    captured
        .assert_logged("state_transition")
        .with("id", 7821)
        .with("from", "created");
    let first = in_state_ms(&captured);
    assert!(first >= 20.0 && first <= most_since(begun), "{first}");
    assert_eq!(*order, Order::Pending { attempt: 1 });
    assert_eq!(order.state_name(), "pending");
    assert_eq!(*order.id(), 7821);

    // The clock of the new state began with the step.
    let captured = capture(|| transition!(order: Pending => Order::Paid).expect("an edge"));
    let second = in_state_ms(&captured);
    assert!(second <= most_since(stepped), "{second} after {first}");
}

#[test]
fn a_refused_step_does_not_begin_a_state() {
    let mut order = Tracked::new(1, Order::Created);
    std::thread::sleep(SHORT);
    let captured = capture(|| transition!(order => Order::Paid).expect_err("no edge"));
    captured.assert_logged("illegal_transition").with("id", 1);
    assert!(in_state_ms(&captured) >= 20.0);
    assert!(order.time_in_state() >= SHORT);
    assert_eq!(*order, Order::Created);
}

#[test]
fn the_id_of_the_call_wins() {
    let mut order = Tracked::new("a-7".to_owned(), Order::Created);
    let captured = capture(|| {
        transition!(order => Order::Pending { attempt: 1 }, id = 5).expect("an edge");
    });
    let ids: Vec<_> = captured[0]
        .fields
        .iter()
        .filter(|(key, _)| key == "id")
        .collect();
    assert_eq!(ids, [&("id".to_owned(), ValueBuf::Int(5))]);
    let captured = capture(|| transition!(order => Order::Paid).expect("an edge"));
    captured.assert_logged("state_transition").with("id", "a-7");
}

#[test]
fn it_reads_back_as_it_was_stored_and_its_time_goes_on() {
    let mut order = Tracked::new("a-7".to_owned(), Order::Created);
    transition!(order => Order::Pending { attempt: 2 }).expect("an edge");
    std::thread::sleep(SHORT);
    let begun = Instant::now();
    let stored = serde_json::to_string(&order).expect("both parts can be stored");
    let storing = begun.elapsed();
    assert!(
        stored.starts_with(r#"{"id":"a-7","state":{"Pending":{"attempt":2}},"since_unix_ms":"#),
        "{stored}"
    );
    std::thread::sleep(SHORT);
    let begun = Instant::now();
    let read: Tracked<Order, String> = serde_json::from_str(&stored).expect("it was stored so");
    assert_eq!(read, order);
    let (was, is) = (order.time_in_state(), read.time_in_state());
    // Each of the two clocks is read a moment after the other, however long this thread stands still in between.
    let between = storing + begun.elapsed();
    assert!(
        was.abs_diff(is) < between + Duration::from_millis(10),
        "{was:?} became {is:?}"
    );
    assert!(is + storing >= SHORT + SHORT / 2, "{is:?}");
}

#[test]
fn stored_time_is_optional_and_never_negative() {
    for stored in [
        r#"{"id":1,"state":"Created"}"#,
        r#"{"state":"Created","id":1,"since_unix_ms":null,"later":[1,2]}"#,
        r#"{"id":1,"state":"Created","since_unix_ms":99999999999999}"#,
        r#"[1,"Created"]"#,
    ] {
        let read: Tracked<Order> = serde_json::from_str(stored).expect(stored);
        assert_eq!((*read.id(), &*read), (1, &Order::Created), "{stored}");
        assert!(read.time_in_state() < Duration::from_secs(5), "{stored}");
    }
    let old: Tracked<Order> = serde_json::from_str(r#"[1,"Created",0]"#).expect("a sequence");
    let years = old.time_in_state().as_secs() / (365 * 24 * 3600);
    assert!((50..200).contains(&years), "{years} years since 1970");
}

#[test]
fn what_is_stored_wrongly_is_said() {
    for (stored, message) in [
        (r#"{"id":1}"#, "missing field `state`"),
        (r#"{"state":"Created"}"#, "missing field `id`"),
        (
            r#"{"id":1,"id":2,"state":"Created"}"#,
            "duplicate field `id`",
        ),
        (r#"{"id":1,"state":"Craeted"}"#, "unknown variant `Craeted`"),
        ("[1]", "invalid length 1"),
        ("7", "a tracked state"),
    ] {
        let error = serde_json::from_str::<Tracked<Order>>(stored).expect_err(stored);
        assert!(error.to_string().contains(message), "{stored}: {error}");
    }
}

#[test]
fn the_parts_come_apart() {
    let order = Tracked::new(3, Order::Paid);
    assert_eq!(format!("{order:?}"), "Tracked { id: 3, state: Paid, .. }");
    assert_eq!(order.clone(), order);
    assert_eq!(order.into_parts(), (3, Order::Paid));
}
