//! Steps of a state machine: every edge, the order of evaluation, what a refused step leaves alone.

mod another_crate;
mod edges;
mod evaluation;

use storyline::testing::Captured;
use storyline::{RecordBuf, ValueBuf, state_machine};

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
