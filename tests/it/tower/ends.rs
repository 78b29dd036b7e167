//! How a request ends: its status, its duration, a client that goes away, a panic, an error.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use ::tower::{Layer, ServiceExt};
use axum::Router;
use axum::http::{Request, Response, StatusCode};
use axum::routing::get;
use storyline::testing::capture_async;
use storyline::tower::RequestLayer;
use storyline::{Context, Level};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use super::{current_id, current_id_of, millis, send, serve, until};

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
