//! Futures stay `Send` where they were, and borrow what they borrowed.

#![deny(warnings)]

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;

use storyline::{timed, timed_block};

fn sent<F: Future + Send>(future: F) -> F {
    future
}

#[timed(fields(text))]
async fn borrowed<'a>(text: &'a str, out: &mut String) -> Result<&'a str, std::fmt::Error> {
    std::future::ready(()).await;
    out.push_str(text);
    Ok(text)
}

#[timed(start)]
fn boxed<'a, T: Send + 'a>(value: T) -> Pin<Box<dyn Future<Output = T> + Send + 'a>> {
    Box::pin(async move { value })
}

#[timed]
fn local<T>(value: T) -> Pin<Box<dyn Future<Output = T>>>
where
    T: 'static,
{
    Box::pin(async move { value })
}

#[timed]
async fn not_send() {
    let cell = Cell::new(5);
    let reference = &cell;
    std::future::ready(()).await;
    reference.set(6);
}

async fn with_block(text: String) -> usize {
    timed_block!("waits", fields(text), {
        std::future::ready(()).await;
        text.len()
    })
}

fn main() {
    let mut out = String::new();
    drop(sent(borrowed("a", &mut out)));
    drop(sent(boxed(5)));
    drop(local(5));
    drop(not_send());
    drop(sent(with_block(String::new())));
}
