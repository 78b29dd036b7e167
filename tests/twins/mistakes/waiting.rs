//! Mistakes in `async fn`, and in functions that return futures.

use storyline::timed;

use crate::trace::{drive, Trace};

#[timed]
async fn unused_async(value: u8) -> u8 {
    value
}

#[timed]
async fn async_mistakes(argument: u8, mut changed: u8) -> Result<u8, std::num::ParseIntError> {
    let unused = 5;
    std::future::ready(()).await;
    "5".parse::<u8>();
    dead_less();
    return Ok(7);
}

async fn dead_less() {}

#[timed]
async fn async_unreachable(flag: bool) -> u8 {
    if flag {
        return 1;
    }
    return 2;
    3
}

#[timed]
async fn async_let_and_return(value: u8) -> u8 {
    let doubled = value * 2;
    doubled
}

#[timed]
async fn async_lock(lock: &std::sync::Mutex<u8>) -> u8 {
    let guard = lock.lock().unwrap();
    std::future::ready(()).await;
    *guard
}

#[timed]
async fn large(values: [u8; 20_000]) -> u8 {
    std::future::ready(()).await;
    values[1]
}

#[timed]
fn manual_async(value: u8) -> impl std::future::Future<Output = u8> {
    async move { value }
}

#[timed]
fn boxed_mistakes(argument: u8) -> std::pin::Pin<Box<dyn std::future::Future<Output = u8>>> {
    let unused = 5;
    return Box::pin(async move {
        let inner = 6;
        7
    });
}

pub(super) fn run(t: &mut Trace) {
    t.add(
        "async",
        (
            drive(unused_async(1)),
            drive(async_mistakes(1, 2)),
            drive(async_unreachable(true)),
        ),
    );
    t.add(
        "async",
        (
            drive(async_let_and_return(1)),
            drive(async_lock(&std::sync::Mutex::new(1))),
        ),
    );
    t.add("large", drive(large([0; 20_000])));
    t.add("manual", (drive(manual_async(1)), drive(boxed_mistakes(1))));
}
