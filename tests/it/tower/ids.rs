//! Ids of requests.

use std::time::Duration;

use ::tower::ServiceExt;
use axum::Extension;
use axum::Router;
use axum::http::{HeaderMap, Request, StatusCode};
use axum::routing::get;
use storyline::testing::capture_async;
use storyline::tower::RequestLayer;
use storyline::{Level, RequestId};

use super::{current_id, current_id_of, header, send, serve, serve_with};

#[tokio::test]
async fn an_id_goes_through_the_handler_and_back() {
    let (answer, captured) = capture_async(async {
        let pay = |id: Extension<RequestId>, headers: HeaderMap| async move {
            tokio::task::yield_now().await;
            let header = headers["x-request-id"].to_str().expect("text").to_owned();
            format!("{} {} {header}", current_id(), id.0)
        };
        let address = serve(Router::new().route("/pay", get(pay))).await;
        send(address, "/pay?card=4111", "X-Request-Id: abc:1.2_3-4\r\n").await
    })
    .await;
    assert_eq!(header(&answer, "x-request-id"), Some("abc:1.2_3-4"));
    assert!(
        answer.ends_with("abc:1.2_3-4 abc:1.2_3-4 abc:1.2_3-4"),
        "{answer}"
    );
    captured.assert_order(&["request_received", "response_sent"]);
    captured
        .assert_logged("request_received")
        .at(Level::Info)
        .in_request("abc:1.2_3-4")
        .with("method", "GET")
        .with("path", "/pay");
    captured
        .assert_logged("response_sent")
        .at(Level::Info)
        .in_request("abc:1.2_3-4")
        .with("status", 200);
    assert_eq!(captured.len(), 2, "{captured}");
    assert!(!captured.to_string().contains("4111"), "{captured}");
}

#[tokio::test]
async fn a_request_without_an_id_gets_one() {
    let (answers, captured) = capture_async(async {
        let address = serve(Router::new().route("/", get(|| async { current_id() }))).await;
        [send(address, "/", "").await, send(address, "/", "").await]
    })
    .await;
    let ids = answers
        .each_ref()
        .map(|it| header(it, "x-request-id").expect("an id"));
    assert_ne!(ids[0], ids[1]);
    for (answer, id) in answers.iter().zip(ids) {
        assert!(
            id.parse::<RequestId>().is_ok() && answer.ends_with(id),
            "{answer}"
        );
        captured.assert_logged("response_sent").in_request(id);
    }
    captured.assert_not_logged("invalid_request_id");
}

#[tokio::test]
async fn an_id_that_is_refused_is_replaced_and_only_its_length_is_told() {
    let long = "evil".repeat(25_000);
    let (answer, captured) = capture_async(async {
        let address = serve(Router::new().route("/", get(|| async { current_id() }))).await;
        send(address, "/", &format!("x-request-id: {long}\r\n")).await
    })
    .await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let id = header(&answer, "x-request-id").expect("an id");
    captured
        .assert_logged("invalid_request_id")
        .at(Level::Warning)
        .in_request(id)
        .with("length", 100_000);
    captured.assert_logged("response_sent").in_request(id);
    assert!(!captured.to_string().contains("evil"), "{captured}");
}

#[tokio::test]
async fn ids_that_no_header_line_can_carry_are_refused_too() {
    let bad: [&[u8]; 5] = [b"", b"a b", b"tab\there", b"caf\xc3\xa9", b"\xff\xfe"];
    for id in bad {
        let (answer, captured) = capture_async(async {
            let routes = Router::new().route("/", get(|| async { current_id() }));
            let request = Request::get("/").header("x-request-id", id);
            let request = request.body(axum::body::Body::empty()).expect("a request");
            routes
                .layer(RequestLayer::new())
                .oneshot(request)
                .await
                .expect("an answer")
        })
        .await;
        assert_eq!(answer.status(), StatusCode::OK);
        captured
            .assert_logged("invalid_request_id")
            .with("length", id.len());
    }
}

#[tokio::test]
async fn the_header_can_have_another_name() {
    let (answer, captured) = capture_async(async {
        let routes = Router::new().route("/", get(current_id_of));
        let layer = RequestLayer::new().header("x-correlation-id".parse().expect("a name"));
        let address = serve_with(routes, layer).await;
        send(
            address,
            "/",
            "x-correlation-id: c-1\r\nx-request-id: r-1\r\n",
        )
        .await
    })
    .await;
    assert_eq!(header(&answer, "x-correlation-id"), Some("c-1"));
    assert_eq!(header(&answer, "x-request-id"), None);
    captured.assert_logged("response_sent").in_request("c-1");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn hundreds_of_requests_at_once_keep_their_own_ids() {
    const REQUESTS: usize = 300;
    let (answers, captured) = capture_async(async {
        let slow = || async {
            let before = current_id();
            for _ in 0..5 {
                tokio::time::sleep(Duration::from_millis(1)).await;
                assert_eq!(current_id(), before);
            }
            before
        };
        let address = serve(Router::new().route("/", get(slow))).await;
        let mut tasks = tokio::task::JoinSet::new();
        for number in 0..REQUESTS {
            tasks.spawn(async move {
                let answer = send(address, "/", &format!("x-request-id: r-{number}\r\n")).await;
                (number, answer)
            });
        }
        tasks.join_all().await
    })
    .await;
    for (number, answer) in &answers {
        assert!(answer.ends_with(&format!("\r\n\r\nr-{number}")), "{answer}");
    }
    captured.assert_count("request_received", REQUESTS);
    captured.assert_count("response_sent", REQUESTS);
    for number in 0..REQUESTS {
        let id = format!("r-{number}");
        let of_it = captured
            .iter()
            .filter(|it| it.request_id.as_deref() == Some(&id));
        assert_eq!(of_it.count(), 2, "{id}");
    }
    // Nothing is left behind on this task.
    assert_eq!(current_id(), "-");
}
