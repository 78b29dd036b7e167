//! The layer, with a real server on loopback and clients that speak HTTP by hand.

mod ends;
mod ids;
mod panics;
mod traces;

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use axum::Router;
use storyline::testing::Captured;
use storyline::tower::RequestLayer;
use storyline::{Context, ValueBuf};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

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

async fn current_id_of() -> String {
    current_id()
}
