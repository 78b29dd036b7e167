//! What the macros write into a binary of a call is what its records have: both sides know the usual levels.

use std::collections::BTreeMap;

use serde_json::Value;
use storyline::testing::capture;
use storyline::{RecordBuf, ValueBuf, state_machine, timed, transition};

use crate::timed::{Declined, poll_once, swallow_panic, yield_once};

#[derive(Clone, Copy)]
enum End {
    Ok,
    Err,
    Panic,
    Cancelled,
}

#[timed]
async fn fetches(end: End) -> Result<(), Declined> {
    match end {
        End::Ok => Ok(()),
        End::Err => Err(Declined::new("no")),
        End::Panic => panic!("broken"),
        End::Cancelled => {
            yield_once().await;
            Ok(())
        }
    }
}

#[timed(slow = "1ns")]
fn dawdles() {
    std::hint::black_box(());
}

#[state_machine(initial = Shut)]
enum Gate {
    #[to(Open)]
    Shut,
    #[terminal]
    Open,
}

/// When a record is written, in the words of the catalogue.
fn when(record: &RecordBuf) -> (String, String) {
    let text = |key| match record.field(key) {
        Some(ValueBuf::Str(text)) => Some(text.clone()),
        _ => None,
    };
    if let Some(machine) = text("machine") {
        let legal = record.event == "state_transition";
        return (machine, if legal { "legal" } else { "illegal" }.to_owned());
    }
    let is_slow = record.field("slow").is_some();
    let outcome = text("outcome").filter(|_| !is_slow);
    (
        text("name").expect("a timed call"),
        outcome.unwrap_or_else(|| "slow".to_owned()),
    )
}

#[test]
fn the_usual_levels_are_those_of_the_records() {
    let logged = capture(|| {
        for end in [End::Ok, End::Err, End::Panic, End::Cancelled] {
            swallow_panic(|| {
                let mut future = Box::pin(fetches(end));
                let _ = poll_once(future.as_mut());
            });
        }
        dawdles();
        let mut gate = Gate::Shut;
        transition!(gate => Gate::Open).expect("legal");
        transition!(gate => Gate::Shut).expect_err("illegal");
    });

    let program = std::env::current_exe().expect("this binary has a path");
    let (mut out, mut messages) = (Vec::new(), Vec::new());
    let line = [
        "storyline",
        "catalog",
        program.to_str().expect("UTF-8"),
        "--json",
    ];
    assert_eq!(storyline_cli::run(line, &mut out, &mut messages), 0);
    let whole: Value = serde_json::from_slice(&out).expect("JSON");
    let mut levels = BTreeMap::new();
    for entry in whole["entries"].as_array().expect("entries") {
        if entry["module"] == module_path!() {
            let name = entry["name"].as_str().expect("a name");
            for level in entry["levels"].as_array().expect("levels") {
                let when = level["when"].as_str().expect("a word");
                let level = level["level"].as_str().expect("a level");
                levels.insert((name.to_owned(), when.to_owned()), level.to_owned());
            }
        }
    }
    for record in &logged {
        let known = levels.get(&when(record)).map(String::as_str);
        assert_eq!(known, Some(record.level.name()), "{record:?}");
    }
    assert_eq!(logged.len(), 7);
}
