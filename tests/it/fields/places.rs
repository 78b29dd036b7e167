//! Wherever fields may stand, a structure's may.

use storyline::testing::capture;
use storyline::{Fields, ValueBuf, context, info, state_machine, timed, timed_block, transition};

use super::{Customer, ORDER, shown};

fn value(record: &storyline::RecordBuf, key: &str) -> ValueBuf {
    let found: Vec<_> = record
        .fields
        .iter()
        .filter(|(name, _)| name == key)
        .collect();
    assert_eq!(found.len(), 1, "{key}: {record:?}");
    found[0].1.clone()
}

#[derive(Fields)]
struct Call {
    name: &'static str,
    id: u64,
    long: String,
}

#[timed(fields(..call, call: fields, extra = 1))]
fn charge(call: &Call) -> u64 {
    call.id
}

#[timed(fields(..call))]
async fn charge_later(call: Call) -> u64 {
    std::future::ready(()).await;
    call.id
}

#[test]
fn a_timed_call_takes_them_at_its_entry_and_its_own_keys_count() {
    let call = Call {
        name: "mine",
        id: 7,
        long: "x".repeat(500),
    };
    let logged = capture(|| {
        charge(&call);
        timed_block!("block", fields(..call), {});
        futures_run(charge_later(call));
    });
    for record in &logged {
        assert_eq!(value(record, "id"), ValueBuf::UInt(7));
        assert_ne!(value(record, "name"), ValueBuf::Str("mine".to_owned()));
        assert_eq!(value(record, "long"), ValueBuf::Str("x".repeat(500)));
    }
    assert_eq!(
        value(&logged[0], "call.name"),
        ValueBuf::Str("mine".to_owned())
    );
    assert_eq!(value(&logged[0], "extra"), ValueBuf::Int(1));
    assert_eq!(logged.len(), 3);
}

fn futures_run(future: impl Future) {
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    assert!(std::pin::pin!(future).poll(&mut context).is_ready());
}

/// A record that is too large cuts its texts shorter, also those of a structure.
#[test]
fn texts_of_a_structure_are_cut_like_others() {
    let call = Call {
        name: "mine",
        id: 7,
        long: "y".repeat(300_000),
    };
    let logged = capture(|| {
        info!("seen", ..call);
        charge(&call);
    });
    for record in &logged {
        let long = value(record, "long");
        assert!(
            matches!(
                long,
                ValueBuf::Cut {
                    original_len: 300_000,
                    ..
                }
            ),
            "{long:?}"
        );
        assert_eq!(value(record, "id"), ValueBuf::UInt(7));
    }
    assert_eq!(logged.len(), 2);
}

#[state_machine(initial = Created)]
enum State {
    #[to(Paid)]
    Created,
    #[terminal]
    Paid,
}

#[test]
fn a_transition_takes_them() {
    let mut state = State::Created;
    let logged = capture(|| {
        transition!(state => State::Paid, ..ORDER, order: fields = ORDER).expect("an edge");
    });
    assert_eq!(
        shown(&logged),
        [
            "machine=state",
            "from=created",
            "to=paid",
            "id=7",
            "amount=500",
            "order.id=7",
            "order.amount=500"
        ]
    );
}

#[test]
fn a_context_binds_each_of_them() {
    let customer = Customer {
        id: 3,
        name: "ada",
        address: None,
    };
    let logged = capture(|| {
        let _outer = context!(id = 1, ..customer, customer: fields);
        info!("seen", name = "own");
    });
    assert_eq!(
        shown(&logged),
        [
            "name=own",
            "id=1",
            "address=null",
            "customer.id=3",
            "customer.name=ada",
            "customer.address=null"
        ]
    );
    let logged = capture(|| {
        let _outer = context!(id = 1, tenant = "acme");
        info!("seen", ..ORDER);
    });
    assert_eq!(shown(&logged), ["id=7", "amount=500", "tenant=acme"]);
}

fn seen<T: Fields>(value: &T) {
    info!("seen", ..value, of: fields = value);
}

#[test]
fn one_place_sees_several_types() {
    let customer = Customer {
        id: 3,
        name: "ada",
        address: None,
    };
    for _ in 0..2 {
        assert_eq!(
            shown(&capture(|| seen(&ORDER))),
            ["id=7", "amount=500", "of.id=7", "of.amount=500"]
        );
        assert_eq!(
            shown(&capture(|| seen(&customer)))[..3],
            ["id=3", "name=ada", "address=null"]
        );
    }
}
