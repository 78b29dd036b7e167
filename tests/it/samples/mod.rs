//! What the README shows as output is what the code above it writes. Only the figures of time may differ.

use storyline::testing::Captured;

/// The README has this code, and what it writes stands in the next block.
#[track_caller]
fn expect_in_readme(code: &str, logged: &Captured) {
    let lines = logged.to_string();
    let written: Vec<String> = lines.lines().map(shortened).collect();
    expect_lines_in_readme(code, &written);
}

#[track_caller]
fn expect_lines_in_readme(code: &str, written: &[String]) {
    let readme = include_str!("../../../README.md");
    let (_, behind) = readme
        .split_once(&format!("```rust,no_run\n{code}```\n"))
        .unwrap_or_else(|| panic!("the README does not have this code:\n{code}"));
    let (_, block) = behind.split_once("```text\n").expect("an output");
    let (block, _) = block.split_once("```").expect("its end");
    let shown: Vec<String> = block.lines().map(without_times).collect();
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
    match parts[..] {
        [_, level, _, _, _, event, fields] => {
            format!("... | {level} | ... | {event} | {fields}")
        }
        [_, level, _, _, _, event] => format!("... | {level} | ... | {event}"),
        _ => panic!("a line: {line}"),
    }
}

/// The line without what differs from run to run.
fn without_times(line: &str) -> String {
    let is_moment = |word: &str| word.ends_with('Z') && word.starts_with("20");
    let words = line.split(' ').map(|word| match word.split_once('=') {
        Some((key, _)) if key.ends_with("_ms") || key == "pid" => format!("{key}=?"),
        None if is_moment(word) => "?".to_owned(),
        _ => word.to_owned(),
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

mod first {
    include!("first.rs");

    crate::alone::alone! {
        fn the_first_program_writes_what_the_readme_shows() {
            let folder = tempfile::tempdir().expect("a folder");
            std::env::set_current_dir(&folder).expect("a folder of ours");
            main().expect("the program ends well");
            let log = std::fs::read_to_string("logs/payment.log").expect("its log");
            let written: Vec<String> = log.lines().map(str::to_owned).collect();
            super::expect_lines_in_readme(include_str!("first.rs"), &written);
        }
    }
}

mod receiving {
    use storyline::testing::capture;

    include!("received.rs");

    #[test]
    fn events_write_what_the_readme_shows() {
        let error = std::io::Error::other("no answer within 400 ms");
        let logged = capture(|| {
            for _ in 0..4 {
                received(7821, 500, "4111111111111111", b"?", &error);
            }
        });
        let lines: Vec<String> = logged.to_string().lines().map(super::shortened).collect();
        super::expect_lines_in_readme(include_str!("received.rs"), &lines[..4]);
        let last = lines.last().expect("the fourth call writes it");
        assert_eq!(last, "... | WARNING | ... | disk_slow | suppressed=2");
        let readme = include_str!("../../../README.md");
        assert!(readme.contains("Its fourth call writes `disk_slow | suppressed=2`"));
    }
}

#[expect(dead_code, reason = "what is skipped is nowhere read")]
mod creating {
    use storyline::testing::capture;

    include!("fields.rs");

    #[test]
    fn a_structure_writes_what_the_readme_shows() {
        let order = Order {
            id: 7,
            card_number: "4111111111111111".to_owned(),
            address: Address {
                city: "Paris".to_owned(),
            },
            note: "for the neighbour".to_owned(),
        };
        let logged = capture(|| created(&order));
        super::expect_in_readme(include_str!("fields.rs"), &logged);
    }
}
