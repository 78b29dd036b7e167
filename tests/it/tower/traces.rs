//! Traces that are continued, and those that are not.

use axum::Router;
use axum::http::HeaderMap;
use axum::routing::get;
use storyline::testing::capture_async;
use storyline::tower::inject;

use super::{send, serve};

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const PARENT: &str = "00f067aa0ba902b7";

#[tokio::test]
async fn a_trace_is_continued_and_sent_on() {
    let onwards = || async {
        let mut headers = HeaderMap::new();
        inject(&mut headers);
        format!("{headers:?}")
    };
    let (answer, captured) = capture_async(async {
        let address = serve(Router::new().route("/", get(onwards))).await;
        let headers = format!("x-request-id: r-1\r\ntraceparent: 00-{TRACE}-{PARENT}-01\r\n");
        send(address, "/", &headers).await
    })
    .await;
    let record = captured.assert_logged("response_sent");
    assert_eq!(record.trace_id.as_deref(), Some(TRACE));
    let span = record.span_id.clone().expect("a span");
    assert_ne!(span, PARENT);
    let first = captured.assert_logged("request_received");
    assert_eq!(first.span_id.as_deref(), Some(span.as_str()));
    assert!(
        answer.contains(&format!("00-{TRACE}-{span}-01")),
        "{answer}"
    );
    assert!(answer.contains("\"x-request-id\": \"r-1\""), "{answer}");
}

#[tokio::test]
async fn a_trace_that_cannot_be_trusted_is_ignored() {
    let good = format!("traceparent: 00-{TRACE}-{PARENT}-01\r\n");
    let upper = good.to_uppercase().replace("TRACEPARENT", "traceparent");
    let twice = format!("{good}{good}");
    for headers in ["", "traceparent: 00\r\n", upper.as_str(), twice.as_str()] {
        let ((), captured) = capture_async(async {
            let address = serve(Router::new().route("/", get(|| async {}))).await;
            send(address, "/", headers).await;
        })
        .await;
        let record = captured.assert_logged("response_sent");
        assert_eq!(
            (&record.trace_id, &record.span_id),
            (&None, &None),
            "{headers}"
        );
    }
}
