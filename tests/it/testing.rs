//! Captures: isolated from each other, following the context, and telling what was there.

use std::sync::Barrier;

use storyline::testing::{capture, capture_async, capture_value};
use storyline::{Context, FutureExt, Level};

/// Logs one record that carries a number: the length of an id that is refused.
fn log(length: usize) {
    drop(storyline::request_scope(" ".repeat(length)));
}

fn message_of(panics: impl FnOnce() + std::panic::UnwindSafe) -> String {
    let payload = std::panic::catch_unwind(panics).expect_err("an assertion that fails");
    *payload.downcast::<String>().expect("a message")
}

#[test]
fn parallel_captures_see_their_own_records_only() {
    let barrier = Barrier::new(8);
    std::thread::scope(|scope| {
        for number in 1..=8 {
            let barrier = &barrier;
            scope.spawn(move || {
                let captured = capture(|| {
                    for _ in 0..100 {
                        barrier.wait();
                        log(number);
                    }
                });
                captured.assert_count("invalid_request_id", 100);
                let expected = captured.assert_logged("invalid_request_id");
                assert_eq!(expected.with("length", number).records().len(), 100);
            });
        }
    });
}

#[test]
fn a_thread_belongs_to_the_capture_when_it_takes_the_context_along() {
    let captured = capture(|| {
        let context = Context::current();
        let with = std::thread::spawn(move || {
            let _inside = context.enter();
            log(1);
        });
        with.join().expect("no panic");
        std::thread::spawn(|| log(2)).join().expect("no panic");
        log(3);
    });
    captured.assert_count("invalid_request_id", 2);
    captured
        .assert_logged("invalid_request_id")
        .with("length", 1);
    captured
        .assert_logged("invalid_request_id")
        .with("length", 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_task_belongs_to_the_capture_when_it_takes_the_context_along() {
    let (value, captured) = capture_async(async {
        let task = async {
            tokio::task::yield_now().await;
            log(1);
        };
        tokio::spawn(task.in_context(Context::current()))
            .await
            .expect("no panic");
        tokio::spawn(async { log(2) }).await.expect("no panic");
        tokio::task::yield_now().await;
        log(3);
        "done"
    })
    .await;
    assert_eq!(value, "done");
    let lengths: Vec<_> = captured
        .iter()
        .map(|it| it.field("length").cloned())
        .collect();
    assert_eq!(lengths.len(), 2, "{lengths:?}");
}

#[test]
fn an_inner_capture_keeps_its_records_from_the_outer_one() {
    let (inner, outer) = capture_value(|| {
        log(1);
        let inner = capture(|| log(2));
        log(3);
        inner
    });
    inner.assert_count("invalid_request_id", 1);
    inner.assert_logged("invalid_request_id").with("length", 2);
    outer.assert_count("invalid_request_id", 2);
}

#[test]
fn a_context_from_elsewhere_does_not_lead_out_of_a_capture() {
    let elsewhere = Context::current();
    let captured = capture(|| {
        let _inside = elsewhere.enter();
        log(1);
    });
    captured.assert_count("invalid_request_id", 1);
}

#[test]
fn a_panic_ends_the_capture() {
    let result = std::panic::catch_unwind(|| {
        capture(|| std::panic::resume_unwind(Box::new(())));
    });
    assert!(result.is_err());
    // Were the thread still captured, this one would not see its own record.
    capture(|| log(5))
        .assert_logged("invalid_request_id")
        .with("length", 5);
}

#[test]
fn conditions_narrow_what_was_found() {
    let captured = capture(|| {
        log(1);
        log(200);
    });
    let found = captured.assert_logged("invalid_request_id");
    assert_eq!(found.records().len(), 2);
    let found = found
        .at(Level::Warning)
        .with("length", 200_u8)
        .without("other")
        .having("length");
    assert_eq!(found.records().len(), 1);
    assert_eq!(found.service, "test");
    captured.assert_order(&["invalid_request_id", "invalid_request_id"]);
    captured.assert_not_logged("valid_request_id");
    capture(|| ()).assert_nothing_logged();
}

#[test]
fn a_failed_assertion_shows_what_was_there() {
    let captured = capture(|| log(7));
    let shown = |text: &str| {
        assert!(
            text.contains("length=7") && text.contains("WARNING"),
            "{text}"
        );
    };
    let text = message_of(|| drop(captured.assert_logged("payment_failed")));
    assert!(
        text.starts_with("no `payment_failed` was logged; what was logged:\n"),
        "{text}"
    );
    shown(&text);
    let text = message_of(|| {
        drop(
            captured
                .assert_logged("invalid_request_id")
                .with("length", 8),
        );
    });
    assert!(
        text.starts_with("no `invalid_request_id` where `length` is 8;"),
        "{text}"
    );
    shown(&text);
    let text = message_of(|| captured.assert_not_logged("invalid_request_id"));
    assert!(
        text.starts_with("`invalid_request_id` must not be logged and was, once; what was logged:"),
        "{text}"
    );
    shown(&text);
    let text = message_of(|| captured.assert_count("invalid_request_id", 3));
    assert!(
        text.starts_with(
            "`invalid_request_id` must be logged 3 times and was once; what was logged:"
        ),
        "{text}"
    );
    shown(&text);
    let text = message_of(|| captured.assert_count("other", 1));
    assert!(
        text.starts_with("`other` must be logged once and was not at all;"),
        "{text}"
    );
    let text = message_of(|| captured.assert_order(&["invalid_request_id", "other"]));
    assert!(
        text.starts_with("no `other` was logged at all, in the order ["),
        "{text}"
    );
    shown(&text);
    let text = message_of(|| captured.assert_order(&["invalid_request_id"; 2]));
    let twice = "no `invalid_request_id` was logged after `invalid_request_id`, in the order [";
    assert!(text.starts_with(twice), "{text}");
    let text = message_of(|| captured.assert_nothing_logged());
    assert!(
        text.starts_with("nothing must be logged and 1 record was; what was logged:"),
        "{text}"
    );
    shown(&text);
    let text = message_of(|| drop(capture(|| ()).assert_logged("anything")));
    assert_eq!(text, "no `anything` was logged; nothing was logged");
}
