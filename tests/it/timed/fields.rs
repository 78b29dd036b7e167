//! Fields of a call, taken at its entry.

use storyline::testing::capture;
use storyline::{ValueBuf, timed};

use super::{only, poll_once, yield_once};
use crate::ledger::text;

#[timed(fields(text, long, order.id, count = text.len(), %n, ?n2))]
fn many_fields(text: String, long: &str, order: &Order, n: u8, n2: u8) -> usize {
    let moved = text;
    moved.len() + long.len() + order.id + usize::from(n) + usize::from(n2)
}

struct Order {
    id: usize,
}

#[test]
fn fields_are_those_of_the_entry_and_the_body_may_move_them() {
    let long = "x".repeat(70_000);
    let logged = capture(|| {
        many_fields("short".to_owned(), &long, &Order { id: 9 }, 1, 2);
    });
    let record = only(&logged);
    assert_eq!(text(record, "text"), "short");
    assert_eq!(record.field("order.id"), Some(&ValueBuf::UInt(9)));
    assert_eq!(record.field("count"), Some(&ValueBuf::UInt(5)));
    assert_eq!(text(record, "n"), "1");
    assert_eq!(text(record, "n2"), "2");
    assert!(
        matches!(
            record.field("long"),
            Some(ValueBuf::Cut {
                original_len: 70_000,
                ..
            })
        ),
        "{:?}",
        record.field("long")
    );
}

#[timed(fields(text))]
async fn async_fields(text: String) -> usize {
    yield_once().await;
    let moved = text;
    moved.len()
}

#[test]
fn fields_of_a_future_go_with_it() {
    for length in [3, 300] {
        let text_in = "y".repeat(length);
        let logged = capture(|| {
            let mut future = Box::pin(async_fields(text_in.clone()));
            assert!(poll_once(future.as_mut()).is_pending());
            assert!(poll_once(future.as_mut()).is_ready());
        });
        assert_eq!(text(only(&logged), "text"), text_in);
    }
}

#[timed(fields(depth, text))]
fn recursive(depth: u32, text: &str) -> u32 {
    if depth == 0 {
        0
    } else {
        recursive(depth - 1, &format!("{text}{depth}")) + 1
    }
}

#[test]
fn nested_calls_keep_their_own_fields() {
    let begin = "z".repeat(80);
    let logged = capture(|| {
        assert_eq!(recursive(20, &begin), 20);
    });
    assert_eq!(logged.len(), 21);
    for (depth, record) in (0_u64..).zip(logged.iter()) {
        assert_eq!(record.field("depth"), Some(&ValueBuf::UInt(depth)));
        let expected: String = (depth + 1..=20).rev().map(|it| it.to_string()).collect();
        assert_eq!(text(record, "text"), format!("{begin}{expected}"));
    }
}

mod limits {
    pub(super) const LOW: u8 = 2;
    pub(super) static HIGH: Range = Range { end: 9 };

    pub(super) struct Range {
        pub(super) end: u8,
    }

    pub(super) fn now() -> u8 {
        5
    }
}

#[timed(fields(
    limit.low = limits::LOW,
    limit.now = self::limits::now(),
    "limit.high" = crate::timed::fields::limits::HIGH.end,
    usual = <u8 as Default>::default(),
    most = ::core::primitive::u8::MAX,
    own = Self::OWN,
    limit.own = Self::OWN + limits::LOW,
))]
impl Order {
    const OWN: u8 = 1;

    fn size(&self) -> usize {
        self.id
    }

    fn of(id: usize) -> Self {
        Self { id }
    }
}

#[test]
fn a_value_may_be_any_path() {
    let logged = capture(|| {
        Order::of(3).size();
    });
    assert_eq!(logged.len(), 2);
    for record in &logged {
        for (key, value) in [
            ("limit.low", 2),
            ("limit.now", 5),
            ("limit.high", 9),
            ("usual", 0),
            ("most", 255),
            ("own", 1),
            ("limit.own", 3),
        ] {
            assert_eq!(record.field(key), Some(&ValueBuf::UInt(value)), "{key}");
        }
    }
}
