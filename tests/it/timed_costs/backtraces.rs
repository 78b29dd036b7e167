//! A debugger stops where the line table says, and shows the names that a backtrace does.

use std::backtrace::Backtrace;
use std::future::Future;
use std::hint::black_box;
use std::pin::Pin;
use std::task::Poll;

use storyline::timed;

use crate::timed::{poll_once, yield_once};

#[timed(fields(value))]
fn traced(value: u8) -> (String, u32) {
    let trace = inside(value);
    (trace, line!() - 1)
}

#[timed]
fn inside(value: u8) -> String {
    let closure = || Backtrace::force_capture().to_string();
    black_box(value);
    closure()
}

#[timed]
#[track_caller]
fn tracked(value: u8) -> (String, u32) {
    (inside(value), line!())
}

#[timed]
fn given(value: u8) -> impl Fn() -> (String, u32) {
    move || (inside(value), line!())
}

struct Traced(u8);

#[timed(percentiles)]
impl Traced {
    fn method(&self) -> (String, u32) {
        (inside(self.0), line!())
    }
}

#[timed]
async fn waits() -> (String, u32) {
    yield_once().await;
    let line = line!() + 1;
    let trace = inside(1);
    (trace, line)
}

#[timed(fields(value))]
fn returned(value: u8) -> impl Future<Output = (String, u32)> {
    async move {
        yield_once().await;
        (inside(value), line!())
    }
}

#[timed]
fn boxed(value: u8) -> Pin<Box<dyn Future<Output = (String, u32)>>> {
    Box::pin(async move {
        yield_once().await;
        (inside(value), line!())
    })
}

type Boxed = Pin<Box<dyn Future<Output = (String, u32)>>>;

fn assert_shows(trace: &str, lines: &[u32], name: &str) {
    for line in lines {
        let place = format!("backtraces.rs:{line}:");
        assert!(trace.contains(&place), "no {place} in\n{trace}");
    }
    let name = format!("backtraces::{name}");
    assert!(trace.contains(&name), "no {name} in\n{trace}");
}

#[test]
fn a_backtrace_shows_the_lines_of_the_user() {
    let here = line!() + 1;
    let (trace, line) = traced(1);
    assert_shows(&trace, &[line, here], "traced");
    let (trace, line) = tracked(1);
    assert_shows(&trace, &[line], "tracked");
    let (trace, line) = given(1)();
    assert_shows(&trace, &[line], "given");
    let (trace, line) = Traced(1).method();
    assert_shows(&trace, &[line], "Traced");
}

#[test]
fn a_backtrace_of_a_future_shows_the_lines_of_the_user() {
    let futures: [(Boxed, &str); 3] = [
        (Box::pin(waits()), "waits"),
        (Box::pin(returned(1)), "returned"),
        (boxed(1), "boxed"),
    ];
    for (mut future, name) in futures {
        assert!(poll_once(future.as_mut()).is_pending());
        let Poll::Ready((trace, line)) = poll_once(future.as_mut()) else {
            panic!("it waits once");
        };
        assert_shows(&trace, &[line], name);
    }
}
