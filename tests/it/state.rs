//! Steps of a state machine: every edge, the order of evaluation, what a refused step leaves alone.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use storyline::testing::{Captured, capture, capture_async, capture_value};
use storyline::{
    IllegalTransition, Level, Machine, RecordBuf, ValueBuf, state_machine, transition,
};

#[state_machine(initial = Created)]
#[derive(Clone, Debug, PartialEq)]
enum Order {
    #[to(PaymentPending, Cancelled)]
    Created,
    #[to(Paid, PaymentFailed)]
    PaymentPending { attempt: u32 },
    #[to(PaymentPending, Abandoned, PaymentFailed)]
    PaymentFailed,
    #[terminal]
    Paid(String),
    #[terminal]
    Cancelled,
    #[terminal]
    Abandoned,
}

fn every_state() -> [Order; 6] {
    [
        Order::Created,
        Order::PaymentPending { attempt: 1 },
        Order::PaymentFailed,
        Order::Paid("receipt-7".to_owned()),
        Order::Cancelled,
        Order::Abandoned,
    ]
}

const EDGES: [(&str, &str); 7] = [
    ("created", "payment_pending"),
    ("created", "cancelled"),
    ("payment_pending", "paid"),
    ("payment_pending", "payment_failed"),
    ("payment_failed", "payment_pending"),
    ("payment_failed", "abandoned"),
    ("payment_failed", "payment_failed"),
];

fn text(text: &str) -> ValueBuf {
    ValueBuf::Str(text.to_owned())
}

fn fields(record: &RecordBuf) -> Vec<(&str, ValueBuf)> {
    record
        .fields
        .iter()
        .map(|(key, value)| (key.as_str(), value.clone()))
        .collect()
}

fn only(captured: &Captured) -> &RecordBuf {
    assert_eq!(captured.len(), 1, "{captured:?}");
    &captured[0]
}

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

thread_local! {
    static STEPS: RefCell<Vec<&'static str>> = const { RefCell::new(Vec::new()) };
}

fn note(step: &'static str) {
    STEPS.with_borrow_mut(|steps| steps.push(step));
}

/// Says when it is dropped.
struct Held(&'static str);

impl Drop for Held {
    fn drop(&mut self) {
        note(self.0);
    }
}

#[state_machine(initial = A)]
#[expect(dead_code, reason = "the payloads are there to be dropped")]
enum Letter {
    #[to(B, C)]
    A(Held),
    #[to(C)]
    B(Held),
    #[to(A)]
    C(Held),
}

#[test]
fn the_order_is_read_evaluate_judge_capture_assign() {
    STEPS.take();
    let mut letter = Letter::A(Held("previous dropped"));
    let captured = capture(|| {
        transition!(
            letter => {
                note("next evaluated");
                Letter::B(Held("next dropped"))
            },
            seen = {
                note("field captured");
                letter.state_name()
            }
        )
        .expect("an edge");
        note("returned");
    });
    // A field sees the place as it was.
    captured.assert_logged("state_transition").with("seen", "a");
    assert_eq!(
        STEPS.take(),
        [
            "next evaluated",
            "field captured",
            "previous dropped",
            "returned"
        ]
    );
    transition!(letter => Letter::A(Held("refused dropped"))).expect_err("no edge");
    assert_eq!(STEPS.take(), ["refused dropped"]);
    drop(letter);
    assert_eq!(STEPS.take(), ["next dropped"]);
}

#[test]
fn the_state_is_read_before_the_next_one_is_evaluated() {
    let mut letter = Letter::B(Held(""));
    let captured = capture(|| {
        transition!(letter => {
            letter = Letter::A(Held(""));
            Letter::C(Held(""))
        })
        .expect("an edge from what was read");
    });
    captured.assert_logged("state_transition").with("from", "b");
    assert_eq!(letter.state_name(), "c");
    STEPS.take();
}

#[test]
fn a_next_state_that_is_not_reached_changes_and_logs_nothing() {
    fn failing(order: &mut Order) -> Result<(), Box<dyn std::error::Error>> {
        fn next() -> Result<Order, std::num::ParseIntError> {
            "no number"
                .parse()
                .map(|attempt| Order::PaymentPending { attempt })
        }
        transition!(order => next()?)?;
        Ok(())
    }

    let mut order = Order::Created;
    let captured = capture(|| failing(&mut order).expect_err("there is no next state"));
    captured.assert_nothing_logged();
    assert_eq!(order, Order::Created);

    let captured = capture(|| {
        let panicking = || transition!(order => if order == Order::Created { panic!("no next state") } else { Order::Cancelled });
        catch_unwind(AssertUnwindSafe(panicking)).expect_err("it panicked");
    });
    captured.assert_nothing_logged();
    assert_eq!(order, Order::Created);
}

#[test]
fn a_step_is_taken_though_nobody_wants_the_record() {
    // No capture and no set-up: INFO goes nowhere.
    let mut order = Order::Created;
    assert!(transition!(order => Order::Cancelled).is_ok());
    assert_eq!(order, Order::Cancelled);
}

#[tokio::test]
async fn the_next_state_may_be_awaited() {
    async fn pay() -> Order {
        tokio::task::yield_now().await;
        Order::Paid(String::new())
    }

    let mut order = Order::PaymentPending { attempt: 1 };
    let (result, captured) = capture_async(async { transition!(order => pay().await) }).await;
    assert_eq!(result, Ok(()));
    captured
        .assert_logged("state_transition")
        .with("to", "paid");
}

#[test]
fn nested_steps_are_logged_in_the_order_of_their_causes() {
    fn cancel(order: &mut Order) -> Result<Order, IllegalTransition> {
        transition!(order => Order::Cancelled)?;
        Ok(Order::Abandoned)
    }

    let mut outer = Order::PaymentFailed;
    let mut inner = Order::Created;
    let captured =
        capture(|| transition!(outer => cancel(&mut inner)?).and(Ok::<(), IllegalTransition>(())));
    let names: Vec<_> = captured.iter().map(|it| it.field("to").cloned()).collect();
    assert_eq!(names, [Some(text("cancelled")), Some(text("abandoned"))]);
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

mod facade {
    pub(crate) use storyline as logging;
}

#[state_machine(initial = Open, name = "support-ticket", crate = facade::logging)]
enum Ticket {
    #[to(Closed)]
    Open,
    #[terminal]
    Closed,
}

#[test]
fn storyline_may_be_reached_through_another_crate() {
    let mut ticket = Ticket::Open;
    let captured = capture(|| facade::logging::transition!(ticket: Open => Ticket::Closed));
    captured
        .assert_logged("state_transition")
        .with("machine", "support-ticket");
}
