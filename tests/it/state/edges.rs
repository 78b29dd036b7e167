//! Edges of the table: which steps are taken, which are refused, and what is logged of them.

use storyline::testing::{capture, capture_value};
use storyline::{Level, Machine, ValueBuf, context, info, timed, transition};

use super::{EDGES, Order, every_state, fields, only, text};

#[test]
fn a_step_along_an_edge_is_assigned_and_logged() {
    let mut order = Order::Created;
    let order_id = 7821;
    let (result, captured) = capture_value(
        || transition!(order => Order::PaymentPending { attempt: 1 }, order_id, note = "first"),
    );
    assert_eq!(result, Ok(()));
    assert_eq!(order, Order::PaymentPending { attempt: 1 });
    let record = only(&captured);
    assert_eq!(record.event, "state_transition");
    assert_eq!(record.level, Level::Info);
    assert_eq!(
        fields(record),
        [
            ("machine", text("order")),
            ("from", text("created")),
            ("to", text("payment_pending")),
            ("order_id", ValueBuf::Int(7821)),
            ("note", text("first")),
        ]
    );
}

#[test]
fn a_step_along_no_edge_is_refused() {
    let mut order = Order::Created;
    let (result, captured) =
        capture_value(|| transition!(order => Order::Paid("receipt".to_owned()), order_id = 1));
    let error = result.expect_err("there is no such edge");
    assert_eq!(
        (error.machine(), error.from(), error.to(), error.expected()),
        ("order", "created", "paid", None)
    );
    assert_eq!(order, Order::Created);
    let record = only(&captured);
    assert_eq!(record.event, "illegal_transition");
    assert_eq!(record.level, Level::Error);
    assert_eq!(
        fields(record),
        [
            ("machine", text("order")),
            ("from", text("created")),
            ("to", text("paid")),
            ("order_id", ValueBuf::Int(1)),
        ]
    );
}

#[test]
fn every_pair_of_states_is_judged_by_the_table() {
    for from in every_state() {
        for to in every_state() {
            let mut place = from.clone();
            let next = to.clone();
            let (result, captured) = capture_value(|| transition!(place => next));
            let edge = (from.state_name(), to.state_name());
            let legal = EDGES.contains(&edge);
            assert_eq!(result.is_ok(), legal, "{edge:?}");
            assert_eq!(Order::TABLE.allows(edge.0, edge.1), legal, "{edge:?}");
            assert_eq!(place, if legal { to } else { from.clone() }, "{edge:?}");
            let event = if legal {
                "state_transition"
            } else {
                "illegal_transition"
            };
            captured
                .assert_logged(event)
                .with("from", edge.0)
                .with("to", edge.1);
        }
    }
}

#[test]
fn a_checked_step_must_begin_where_it_says() {
    let mut order = Order::PaymentFailed;
    // An edge from where it is, and one from where the call says: still not what was said.
    let (result, captured) = capture_value(
        || transition!(order: Created => Order::PaymentPending { attempt: 2 }, order_id = 1),
    );
    let error = result.expect_err("it is elsewhere");
    assert_eq!(
        error.to_string(),
        "`order` was to go from `created` to `payment_pending`, but it is in `payment_failed`"
    );
    assert_eq!(order, Order::PaymentFailed);
    assert_eq!(
        fields(only(&captured)),
        [
            ("machine", text("order")),
            ("from", text("payment_failed")),
            ("to", text("payment_pending")),
            ("expected", text("created")),
            ("order_id", ValueBuf::Int(1)),
        ]
    );
    let captured = capture(|| {
        transition!(order: PaymentFailed => Order::PaymentPending { attempt: 2 })
            .expect("it is an edge, and the place is where the call says");
    });
    captured
        .assert_logged("state_transition")
        .with("from", "payment_failed")
        .without("expected");
    assert_eq!(order, Order::PaymentPending { attempt: 2 });
}

#[test]
fn what_a_state_holds_is_not_logged() {
    let captured = capture(|| {
        let mut order = Order::PaymentPending { attempt: 918_273 };
        transition!(order => Order::Paid("4111-1111".to_owned())).expect("an edge");
        transition!(order => Order::PaymentPending { attempt: 918_273 }).expect_err("no edge");
    });
    let shown = format!("{captured:?}");
    assert!(
        !shown.contains("918273") && !shown.contains("4111"),
        "{shown}"
    );
    captured.assert_order(&["state_transition", "illegal_transition"]);
}

struct Purchase {
    state: Order,
}

impl Purchase {
    #[timed(fields(state = self.state.state_name()))]
    fn ship(&self) {
        info!(
            "order_shipped",
            "in {state}",
            state = self.state.state_name()
        );
    }
}

/// A state as a field of any other record: its name, which holds no payload.
#[test]
fn a_state_is_logged_by_its_name() {
    let captured = capture(|| {
        let state = Order::PaymentPending { attempt: 918_273 };
        Purchase { state }.ship();
        let tracked = storyline::Tracked::new(7, Order::Created);
        let _guard = context!(state = tracked.state_name());
        info!("order_seen");
    });
    captured.assert_order(&["order_shipped", "function_complete", "order_seen"]);
    for (record, state) in [
        (0, "payment_pending"),
        (1, "payment_pending"),
        (2, "created"),
    ] {
        assert_eq!(captured[record].field("state"), Some(&text(state)));
    }
}

#[test]
fn the_table_and_the_diagram_say_the_same() {
    let names: Vec<_> = Order::TABLE
        .states()
        .iter()
        .map(storyline::State::name)
        .collect();
    let all: Vec<_> = every_state().iter().map(Machine::state_name).collect();
    assert_eq!(names, all);
    assert_eq!(
        Order::TABLE.initial().map(storyline::State::name),
        Some("created")
    );
    for (from, to) in EDGES {
        assert!(
            Order::MERMAID.contains(&format!("    {from} --> {to}\n")),
            "{from} {to}"
        );
    }
    assert_eq!(Order::MERMAID.matches("-->").count(), EDGES.len() + 1 + 3);
}
