//! `tests/twins` is one source, compiled with and without storyline. Both do the same, and both are told the
//! same by the compiler and by clippy.

mod lints;

use storyline::sink::{self, Memory};

use crate::alone::{SOON, alone};

type Happened = Vec<(String, String)>;

/// Runs both with every record wanted, and then with none: what is done must not depend on it.
fn compare(bare: fn() -> Happened, timed: fn() -> Happened) {
    let memory = Memory::new();
    let guard = storyline::setup("twins")
        .sink(sink::memory(&memory))
        .start()
        .expect("starts");
    let (expected, found) = (bare(), timed());
    drop(std::panic::take_hook());
    assert!(expected.len() > 150, "only {} scenarios", expected.len());
    assert_same(&found, &expected);
    guard.flush(SOON).expect("written");
    assert!(memory.records().len() > 150, "only {} records", memory.records().len());
}

fn assert_same(timed: &Happened, bare: &Happened) {
    let differences: Vec<String> = timed
        .iter()
        .zip(bare)
        .filter(|(timed, bare)| timed != bare)
        .map(|(timed, bare)| format!("{}\n  bare  {}\n  timed {}", bare.0, bare.1, timed.1))
        .collect();
    assert!(differences.is_empty(), "\n{}", differences.join("\n"));
    assert_eq!(timed.len(), bare.len());
}

alone! {
    fn edition_2018() {
        compare(storyline_twin_2018_bare::run, storyline_twin_2018_timed::run);
    }

    fn edition_2021() {
        compare(storyline_twin_2021_bare::run, storyline_twin_2021_timed::run);
    }

    fn edition_2024() {
        compare(storyline_twin_2024_bare::run, storyline_twin_2024_timed::run);
    }
}
