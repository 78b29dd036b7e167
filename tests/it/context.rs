//! Contexts, as records show them.

use std::time::Duration;

use storyline::testing::{capture, capture_async};
use storyline::{
    Context, FutureExt, RequestId, TraceContext, ValueBuf, context, context_of, log_event,
};

#[test]
fn bound_fields_and_ids_are_on_every_record_inside() {
    let captured = capture(|| {
        let _request = storyline::request_scope("abc123");
        let tenant = "acme";
        let _bound = context!(tenant, user_id = 7_u32);
        log_event!(INFO, "inside", amount = 500);
    });
    let record = captured.assert_logged("inside").in_request("abc123");
    // The call's own fields come first.
    let keys: Vec<_> = record.fields.iter().map(|(key, _)| key.as_str()).collect();
    assert_eq!(keys, ["amount", "tenant", "user_id"]);
    record.with("tenant", "acme").with("user_id", 7);
}

#[test]
fn a_calls_own_field_wins_and_no_key_comes_twice() {
    let captured = capture(|| {
        let _outer = context!(amount = 1, tenant = "outer");
        let _inner = context!(tenant = "inner");
        log_event!(INFO, "inside", amount = 500);
    });
    let record = captured
        .assert_logged("inside")
        .with("amount", 500)
        .with("tenant", "inner");
    assert_eq!(record.fields.len(), 2);
}

#[test]
fn what_was_bound_ends_with_its_guard() {
    let captured = capture(|| {
        let outer = context!(step = "outer");
        {
            let _inner = context!(step = "inner", detail = true);
            log_event!(INFO, "first");
        }
        log_event!(INFO, "second");
        drop(outer);
        log_event!(INFO, "third");
    });
    captured
        .assert_logged("first")
        .with("step", "inner")
        .with("detail", true);
    captured
        .assert_logged("second")
        .with("step", "outer")
        .without("detail");
    captured.assert_logged("third").without("step");
}

#[test]
fn a_context_goes_along_to_other_threads() {
    let captured = capture(|| {
        let _request = storyline::request_scope("r-1");
        let _bound = context!(tenant = "acme");
        let context = Context::current();
        let threads: Vec<_> = (0..4)
            .map(|worker| {
                let context = context.clone();
                std::thread::spawn(move || {
                    let _inside = context.enter();
                    log_event!(INFO, "worked", worker);
                })
            })
            .collect();
        for thread in threads {
            thread.join().expect("no panic");
        }
    });
    captured.assert_count("worked", 4);
    for worker in 0..4 {
        captured
            .assert_logged("worked")
            .with("worker", worker)
            .in_request("r-1")
            .with("tenant", "acme");
    }
}

#[tokio::test(flavor = "current_thread")]
async fn tasks_on_one_thread_keep_their_own_contexts() {
    async fn work(number: u32) {
        for step in 0..20 {
            tokio::task::yield_now().await;
            log_event!(INFO, "stepped", number, step);
        }
    }
    let ((), captured) = capture_async(async {
        let tasks = (0..10).map(|number| {
            let context = context_of!(owner = number);
            tokio::spawn(
                work(number)
                    .in_request(format!("r-{number}"))
                    .in_context(context),
            )
        });
        for task in tasks.collect::<Vec<_>>() {
            task.await.expect("no panic");
        }
        log_event!(INFO, "afterwards");
    })
    .await;
    captured.assert_count("stepped", 200);
    for record in captured.of("stepped") {
        let number = record.field("number").map(ValueBuf::normalised);
        let Some(ValueBuf::Int(number)) = number else {
            panic!("a number expected in {record:?}");
        };
        assert_eq!(record.request_id, Some(format!("r-{number}")));
    }
    assert_eq!(captured.assert_logged("afterwards").request_id, None);
}

#[test]
fn an_event_s_message_comes_before_a_bound_one() {
    let captured = capture(|| {
        let _bound = context!(msg = "of the context");
        log_event!(INFO, "told", "message {x}", x = 1);
        log_event!(INFO, "silent");
    });
    let told = captured.assert_logged("told").with("msg", "message 1");
    assert!(told.field("msg_2").is_none(), "{told:?}");
    captured
        .assert_logged("silent")
        .with("msg", "of the context");
}

#[tokio::test]
async fn a_future_has_its_request_and_its_fields_in_whichever_order_they_are_said() {
    let ((), captured) = capture_async(async {
        let _outside = storyline::request_scope("outside");
        async { log_event!(INFO, "first") }
            .in_request("r-1")
            .in_context(context_of!(tenant = "acme"))
            .await;
        async { log_event!(INFO, "second") }
            .in_context(context_of!(tenant = "acme"))
            .in_request("r-1")
            .await;
        async { log_event!(INFO, "nearest") }
            .in_request("r-1")
            .in_request("r-2")
            .await;
        async { log_event!(INFO, "refused") }
            .in_context(context_of!(tenant = "acme"))
            .in_request("no id\n")
            .await;
    })
    .await;
    for event in ["first", "second"] {
        let record = captured.assert_logged(event).with("tenant", "acme");
        assert_eq!(record.request_id.as_deref(), Some("r-1"), "{event}");
    }
    let nearest = captured.assert_logged("nearest").request_id.clone();
    assert_eq!(nearest.as_deref(), Some("r-1"));
    captured.assert_logged("refused").with("tenant", "acme");
    captured.assert_logged("invalid_request_id");
}

#[tokio::test]
async fn a_bound_future_has_its_fields_and_a_request_inside_them() {
    let ((), captured) = capture_async(async {
        let work = async {
            tokio::time::sleep(Duration::from_millis(1)).await;
            async { log_event!(INFO, "inner") }
                .in_request("inner-1")
                .await;
            log_event!(INFO, "outer");
        };
        work.in_context(context_of!(tenant = "acme")).await;
    })
    .await;
    captured
        .assert_logged("inner")
        .in_request("inner-1")
        .with("tenant", "acme");
    assert_eq!(
        captured
            .assert_logged("outer")
            .with("tenant", "acme")
            .request_id,
        None
    );
}

#[test]
fn a_trace_is_shown_with_its_ids() {
    let header = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    let trace: TraceContext = header.parse().expect("valid");
    let captured = capture(|| {
        let _inside = Context::current().with_trace(trace).enter();
        log_event!(INFO, "traced");
    });
    let record = captured.assert_logged("traced");
    assert_eq!(
        record.trace_id.as_deref(),
        Some("4bf92f3577b34da6a3ce929d0e0e4736")
    );
    assert_eq!(record.span_id.as_deref(), Some("00f067aa0ba902b7"));
}

#[test]
fn what_does_not_fit_is_left_out_and_named() {
    let long = "x".repeat(2_000);
    let captured = capture(|| {
        let mut context = Context::current();
        for _ in 0..3 {
            let _inside = context.enter();
            context = context_of!(
                a = long,
                b = long,
                c = long,
                d = long,
                e = long,
                f = long,
                g = long,
                h = long
            );
        }
        let _inside = context.enter();
        log_event!(INFO, "inside");
    });
    let record = captured.assert_logged("inside");
    assert!(matches!(
        record.field("a"),
        Some(ValueBuf::Cut {
            original_len: 2_000,
            ..
        })
    ));
    captured.assert_logged("context_full").with("field", "h");
    assert!(record.field("h").is_none());
}

#[test]
fn a_context_outlives_what_it_was_made_from() {
    let context = {
        let _request = storyline::request_scope(RequestId::random());
        let text = String::from("short-lived");
        context_of!(text)
    };
    let captured = capture(|| {
        let _inside = context.enter();
        log_event!(INFO, "later");
    });
    captured.assert_logged("later").with("text", "short-lived");
}

#[test]
fn a_record_from_a_thread_that_ends_is_harmless() {
    struct AtEnd;
    impl Drop for AtEnd {
        fn drop(&mut self) {
            let _bound = context!(late = true);
            log_event!(DEBUG, "at_end");
        }
    }
    thread_local! {
        static AT_END: AtEnd = const { AtEnd };
    }
    let captured = capture(|| {
        let context = Context::current();
        std::thread::spawn(move || {
            AT_END.with(|_| ());
            // Kept until the thread's own values are destroyed.
            std::mem::forget(context.enter());
            log_event!(DEBUG, "before_end");
        })
        .join()
        .expect("no panic");
    });
    captured.assert_logged("before_end");
}
