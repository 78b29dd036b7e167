//! The layer, with a real server on loopback and clients that speak HTTP by hand.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use ::tower::{Layer, ServiceExt};
use axum::Extension;
use axum::Router;
use axum::http::{HeaderMap, Request, Response, StatusCode};
use axum::routing::get;
use storyline::testing::{Captured, capture_async};
use storyline::tower::{RequestLayer, inject};
use storyline::{Context, Level, RequestId, ValueBuf};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const PARENT: &str = "00f067aa0ba902b7";

/// A server whose requests belong to the capture that is current here.
async fn serve(routes: Router) -> SocketAddr {
    serve_with(routes, RequestLayer::new()).await
}

async fn serve_with(routes: Router, layer: RequestLayer) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let app = routes.layer(layer.within(Context::current()));
    tokio::spawn(async { axum::serve(listener, app).await });
    address
}

/// Sends one request and gives the whole answer as text.
async fn send(address: SocketAddr, target: &str, headers: &str) -> String {
    let mut stream = TcpStream::connect(address).await.expect("a server");
    let head = format!("GET {target} HTTP/1.1\r\nhost: test\r\nconnection: close\r\n{headers}\r\n");
    stream.write_all(head.as_bytes()).await.expect("written");
    let mut answer = String::new();
    let _ = stream.read_to_string(&mut answer).await;
    answer
}

fn header<'a>(answer: &'a str, name: &str) -> Option<&'a str> {
    answer
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
}

fn current_id() -> String {
    Context::current().request_id().unwrap_or("-").to_owned()
}

/// Waits for a record that a server writes behind its client's back.
async fn until(captured: impl Fn() -> bool) {
    let start = Instant::now();
    while !captured() {
        assert!(start.elapsed() < Duration::from_secs(10), "nothing came");
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}

fn millis(captured: &Captured, event: &str) -> f64 {
    match captured.assert_logged(event).field("duration_ms") {
        Some(ValueBuf::Millis(it)) => *it,
        other => panic!("a duration expected, not {other:?}"),
    }
}

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

#[tokio::test]
async fn the_status_decides_the_level() {
    for (status, level) in [
        (200_u16, Level::Info),
        (302, Level::Info),
        (404, Level::Info),
        (500, Level::Error),
        (503, Level::Error),
    ] {
        let ((), captured) = capture_async(async {
            let status = StatusCode::from_u16(status).expect("a status");
            let address = serve(Router::new().route("/", get(move || async move { status }))).await;
            send(address, "/", "").await;
        })
        .await;
        captured
            .assert_logged("response_sent")
            .at(level)
            .with("status", status);
    }
}

#[tokio::test]
async fn the_duration_is_that_of_the_handler() {
    let ((), captured) = capture_async(async {
        let slow = || async { tokio::time::sleep(Duration::from_millis(60)).await };
        let address = serve(Router::new().route("/", get(slow))).await;
        send(address, "/", "").await;
    })
    .await;
    let duration = millis(&captured, "response_sent");
    assert!((60.0..2_000.0).contains(&duration), "{duration} ms");
}

#[tokio::test]
async fn a_client_that_goes_away_is_told_and_the_handler_dropped_inside_the_request() {
    struct OnDrop(Arc<Mutex<Option<String>>>);
    impl Drop for OnDrop {
        fn drop(&mut self) {
            *self.0.lock().expect("not poisoned") = Some(current_id());
        }
    }
    let dropped = Arc::new(Mutex::new(None));
    let ((), captured) = capture_async(async {
        let held = Arc::clone(&dropped);
        let endless = move || async move {
            let _held = OnDrop(held);
            std::future::pending::<()>().await;
        };
        let address = serve(Router::new().route("/", get(endless))).await;
        let mut stream = TcpStream::connect(address).await.expect("a server");
        let request = "GET / HTTP/1.1\r\nhost: test\r\nx-request-id: gone-1\r\n\r\n";
        stream.write_all(request.as_bytes()).await.expect("written");
        tokio::time::sleep(Duration::from_millis(50)).await;
        drop(stream);
        until(|| dropped.lock().expect("not poisoned").is_some()).await;
        // The record is made right behind the handler's drop, on another task.
        tokio::time::sleep(Duration::from_millis(50)).await;
    })
    .await;
    assert_eq!(
        dropped.lock().expect("not poisoned").as_deref(),
        Some("gone-1")
    );
    captured
        .assert_logged("request_cancelled")
        .at(Level::Warning)
        .in_request("gone-1");
    let duration = millis(&captured, "request_cancelled");
    assert!((40.0..5_000.0).contains(&duration), "{duration} ms");
    captured.assert_not_logged("response_sent");
}

#[tokio::test]
async fn a_panic_passes_through_and_is_told_as_what_it_is() {
    async fn broken() -> String {
        tokio::task::yield_now().await;
        std::panic::resume_unwind(Box::new("broken"))
    }
    let (answers, captured) = capture_async(async {
        let routes = Router::new()
            .route("/broken", get(broken))
            .route("/", get(current_id_of));
        let address = serve(routes).await;
        let broken = send(address, "/broken", "x-request-id: panic-1\r\n").await;
        [
            broken,
            send(address, "/", "x-request-id: after-1\r\n").await,
        ]
    })
    .await;
    // The server closes that connection, as it does without the layer, and serves the next one.
    assert_eq!(answers[0], "");
    assert!(answers[1].ends_with("after-1"), "{}", answers[1]);
    captured
        .assert_logged("request_panicked")
        .at(Level::Error)
        .in_request("panic-1")
        .having("duration_ms");
    captured.assert_count("request_panicked", 1);
    captured.assert_not_logged("request_cancelled");
    captured.assert_count("response_sent", 1);
}

async fn current_id_of() -> String {
    current_id()
}

#[tokio::test]
async fn an_error_of_the_inner_service_is_named_by_its_type() {
    #[derive(Debug)]
    struct Secretive;
    let (result, captured) = capture_async(async {
        let service =
            ::tower::service_fn(|_: Request<()>| async { Err::<Response<()>, _>(Secretive) });
        let request = Request::new(());
        RequestLayer::new().layer(service).oneshot(request).await
    })
    .await;
    assert!(result.is_err());
    captured
        .assert_logged("request_failed")
        .at(Level::Error)
        .containing("error", "Secretive");
    captured.assert_not_logged("request_cancelled");
}

#[tokio::test]
async fn a_panic_before_there_is_a_future_is_told_once() {
    let (result, captured) = capture_async(async {
        let service = ::tower::service_fn(
            |_: Request<()>| -> std::future::Ready<Result<Response<()>, Infallible>> {
                std::panic::resume_unwind(Box::new(()))
            },
        );
        let service = RequestLayer::new().layer(service);
        let call = tokio::spawn(storyline::FutureExt::in_context(
            service.oneshot(Request::new(())),
            Context::current(),
        ));
        call.await
    })
    .await;
    assert!(result.is_err_and(|it| it.is_panic()));
    captured.assert_count("request_panicked", 1);
    assert_eq!(captured.len(), 2, "{captured}");
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
