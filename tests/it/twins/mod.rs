//! `tests/twins` is one source, compiled with and without storyline. Both do the same, and both are told the
//! same by the compiler and by clippy.

mod differences;
mod lints;

use storyline::sink::{self, Memory};

use crate::alone::{SOON, alone};

type Happened = Vec<(String, String)>;

/// Runs both, with every record wanted or with none: what is done must not depend on it.
fn compare(bare: [fn() -> Happened; 2], timed: [fn() -> Happened; 2], directives: &str) {
    let ([bare, bare_order], [timed, timed_order]) = (bare, timed);
    let memory = Memory::new();
    let guard = storyline::setup("twins")
        .directives(directives)
        .sink(sink::memory(&memory))
        .start()
        .expect("starts");
    let (expected, found) = (bare(), timed());
    let (in_order, in_another) = (bare_order(), timed_order());
    drop(std::panic::take_hook());
    assert!(expected.len() > 150, "only {} scenarios", expected.len());
    assert_same(&found, &expected);
    // Nothing is dropped twice or not at all, only in the order that the documentation tells.
    assert_ne!(in_order, in_another);
    assert_same(&sorted(in_another), &sorted(in_order));
    guard.flush(SOON).expect("written");
    let records = memory.records().len();
    assert_eq!(records > 300, directives == "trace", "{records} records");
}

fn sorted(happened: Happened) -> Happened {
    let sort = |text: &str| {
        let mut letters: Vec<char> = text.chars().collect();
        letters.sort_unstable();
        letters.into_iter().collect()
    };
    happened
        .into_iter()
        .map(|(what, came)| (what, sort(&came)))
        .collect()
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

macro_rules! editions {
    ($($name:ident, $silent:ident: $bare:ident, $timed:ident;)*) => {
        alone! {$(
            fn $name() {
                compare([$bare::run, $bare::run_what_differs], [$timed::run, $timed::run_what_differs], "trace");
            }

            fn $silent() {
                compare([$bare::run, $bare::run_what_differs], [$timed::run, $timed::run_what_differs], "off");
            }
        )*}
    };
}

editions! {
    edition_2018, edition_2018_off: storyline_twin_2018_bare, storyline_twin_2018_timed;
    edition_2021, edition_2021_off: storyline_twin_2021_bare, storyline_twin_2021_timed;
    edition_2024, edition_2024_off: storyline_twin_2024_bare, storyline_twin_2024_timed;
}
