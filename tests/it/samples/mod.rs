//! What the README shows as output is what the code above it writes. Only the figures of time may differ.

use storyline::testing::Captured;

/// The README has this code, and what it writes stands in the next block.
#[track_caller]
fn expect_in_readme(code: &str, logged: &Captured) {
    let readme = include_str!("../../../README.md");
    let (_, behind) = readme
        .split_once(&format!("```rust,no_run\n{code}```\n"))
        .unwrap_or_else(|| panic!("the README does not have this code:\n{code}"));
    let (_, block) = behind.split_once("```text\n").expect("an output");
    let (block, _) = block.split_once("```").expect("its end");
    let shown: Vec<String> = block.lines().map(without_times).collect();
    let lines = logged.to_string();
    let written: Vec<String> = lines.lines().map(shortened).collect();
    let same = written.iter().map(|line| without_times(line)).eq(shown);
    assert!(
        same,
        "the README shows\n{block}and the code writes\n{}",
        written.join("\n")
    );
}

/// `... | INFO | ... | function_complete | name=charge`: the parts that are the same for every record are left out.
fn shortened(line: &str) -> String {
    let parts: Vec<&str> = line.splitn(7, " | ").collect();
    let [_, level, _, _, _, event, fields] = parts[..] else {
        panic!("a line with fields: {line}");
    };
    format!("... | {level} | ... | {event} | {fields}")
}

fn without_times(line: &str) -> String {
    let words = line.split(' ').map(|word| match word.split_once("_ms=") {
        Some((key, _)) => format!("{key}_ms=?"),
        None => word.to_owned(),
    });
    words.collect::<Vec<_>>().join(" ")
}

mod charging {
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::pin::pin;
    use std::task::{Context, Waker};

    use storyline::testing::capture;

    include!("charge.rs");

    #[test]
    fn a_timed_function_writes_what_the_readme_shows() {
        let logged = capture(|| {
            for amount in [2, 500, 1_000, 10_000, 0] {
                let mut call = pin!(charge(7821, amount));
                let poll = || call.as_mut().poll(&mut Context::from_waker(Waker::noop()));
                let polled = catch_unwind(AssertUnwindSafe(poll));
                assert_eq!(polled.is_err(), amount == 0);
            }
        });
        super::expect_in_readme(include_str!("charge.rs"), &logged);
    }
}

#[expect(
    dead_code,
    reason = "a machine has more states than a test goes through"
)]
mod ordering {
    use storyline::testing::capture;

    include!("order.rs");

    #[test]
    fn a_machine_writes_what_the_readme_shows() {
        let logged = capture(|| {
            let mut order = Order::Created;
            pay(&mut order).expect("edges");
            cancel(&mut order).expect_err("no edge");
        });
        super::expect_in_readme(include_str!("order.rs"), &logged);
    }
}
