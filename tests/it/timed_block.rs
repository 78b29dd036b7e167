//! `timed_block!`: its value, its ends, its fields.

use std::panic::{AssertUnwindSafe, catch_unwind};

use storyline::testing::capture;
use storyline::{Level, ValueBuf, timed_block};

use crate::ledger::text;
use crate::timed::{Declined, only, outcome, poll_once, yield_once};

#[test]
fn a_block_yields_its_value_and_is_judged_by_it() {
    let logged = capture(|| {
        assert_eq!(timed_block!("adds", { 1 + 1 }), 2);
    });
    assert_eq!(outcome(&logged), "ok");
    assert_eq!(text(only(&logged), "name"), "adds");

    let logged = capture(|| {
        let value: Result<u8, Declined> = timed_block!("fails", { Err(Declined::new("no")) });
        assert!(value.is_err());
    });
    let record = only(&logged);
    assert_eq!(record.event, "function_failed");
    assert_eq!(record.level, Level::Error);
    assert_eq!(text(record, "error"), "no");
}

fn questions(input: &str) -> Result<u8, std::num::ParseIntError> {
    let value = timed_block!("parses", fields(input), { input.parse::<u8>()? });
    Ok(value + 1)
}

fn returns(early: bool) -> &'static str {
    timed_block!("returns", level = WARNING, {
        if early {
            return "early";
        }
    });
    "late"
}

#[test]
fn leaving_early_is_left() {
    let logged = capture(|| {
        assert_eq!(questions("4"), Ok(5));
        assert!(questions("x").is_err());
    });
    let outcomes: Vec<&str> = logged.iter().map(|it| text(it, "outcome")).collect();
    assert_eq!(outcomes, ["ok", "left"]);
    assert_eq!(text(&logged[1], "input"), "x");
    assert_eq!(logged[1].event, "function_complete");
    assert_eq!(logged[1].level, Level::Info);

    let logged = capture(|| assert_eq!(returns(true), "early"));
    assert_eq!(outcome(&logged), "left");
    assert_eq!(only(&logged).level, Level::Warning);
    let logged = capture(|| assert_eq!(returns(false), "late"));
    assert_eq!(outcome(&logged), "ok");

    let logged = capture(|| {
        let found = 'search: loop {
            for at in 0..5 {
                timed_block!("step", {
                    if at == 1 {
                        break 'search at;
                    }
                });
            }
        };
        assert_eq!(found, 1);
    });
    let outcomes: Vec<&str> = logged.iter().map(|it| text(it, "outcome")).collect();
    assert_eq!(outcomes, ["ok", "left"]);
}

#[test]
fn a_panic_in_a_block_is_one_even_while_another_is_under_way() {
    struct InDrop;

    impl Drop for InDrop {
        fn drop(&mut self) {
            // The thread unwinds already, so a block that ends here cannot tell; it must not claim
            // a panic that was not its own.
            let early = std::iter::once(1).try_for_each(|_| -> Result<(), ()> {
                timed_block!("inner", {
                    Err(())?;
                });
                Ok(())
            });
            assert!(early.is_err());
        }
    }

    let logged = capture(|| {
        let _ = catch_unwind(AssertUnwindSafe(|| {
            timed_block!("outer", {
                let _inner = InDrop;
                panic!("broken");
            });
        }));
    });
    let ends: Vec<(&str, &str)> = logged
        .iter()
        .map(|it| (text(it, "name"), text(it, "outcome")))
        .collect();
    assert_eq!(ends, [("inner", "left"), ("outer", "panic")]);
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "`ok_if` takes a reference"
)]
fn is_one(value: &u8) -> bool {
    *value == 1
}

async fn waits(input: String) -> usize {
    timed_block!("waits", fields(input), {
        yield_once().await;
        input.len()
    })
}

#[test]
fn a_block_goes_across_an_await_and_from_thread_to_thread() {
    let long = "w".repeat(200);
    let input = long.clone();
    let logged = capture(|| {
        let mut future = Box::pin(waits(input));
        assert!(poll_once(future.as_mut()).is_pending());
        let context = storyline::Context::current();
        let future = std::thread::spawn(move || {
            let _entered = context.enter();
            assert!(poll_once(future.as_mut()).is_ready());
            future
        });
        drop(future.join().expect("the thread"));
    });
    assert_eq!(outcome(&logged), "ok");
    assert_eq!(text(only(&logged), "input"), long);

    let logged = capture(|| {
        let mut future = Box::pin(waits("x".to_owned()));
        assert!(poll_once(future.as_mut()).is_pending());
    });
    assert_eq!(outcome(&logged), "left");
}

#[test]
fn options_of_a_block() {
    let logged = capture(|| {
        let value = timed_block!(
            "configured",
            level = DEBUG,
            dependency = "postgres",
            start,
            ok_if = is_one,
            err_level = WARNING,
            { 2_u8 }
        );
        assert_eq!(value, 2);
    });
    assert_eq!(logged.events(), ["function_started", "function_failed"]);
    assert_eq!(logged[0].level, Level::Debug);
    assert_eq!(logged[1].level, Level::Warning);
    assert_eq!(
        logged[1].field("dependency"),
        Some(&ValueBuf::Str("postgres".to_owned()))
    );

    let logged = capture(|| {
        timed_block!("only", only(err), {});
        let _ = questions_only("x");
    });
    assert_eq!(outcome(&logged), "left");
}

fn questions_only(input: &str) -> Result<u8, std::num::ParseIntError> {
    timed_block!("only", only(err), { Ok(input.parse::<u8>()?) })
}
