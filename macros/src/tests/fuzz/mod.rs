//! Every door takes any tokens: it gives code, or messages that point at something the user wrote. It
//! never panics, and it comes to an end.
//!
//! `STORYLINE_FUZZ_STREAMS` says how many streams, `STORYLINE_FUZZ_SEED` which ones, and
//! `STORYLINE_FUZZ_FIRST` where to begin: a failure names the three that repeat it.

mod judge;
mod mutate;
mod odd;
mod random;
mod ruler;
mod watch;

use std::sync::Arc;

use judge::{Verdict, judge};
use mutate::Source;
use ruler::Ruler;
use watch::Progress;

use super::calls::Call;
use super::{doors, tree};

/// What a thread does before its places are given up, for they are never given back one by one.
const BATCH: u64 = 5_000;

/// How the names of the threads begin that work.
const THREADS: &str = "streams";

/// The stack that the compiler gives to macros.
const STACK: usize = 8 << 20;

/// Calls with more tokens are shown as they are.
const MOST_TO_SHRINK: usize = 500;

#[derive(Clone, Copy, Debug, Default)]
struct Count {
    taken: u64,
    refused: u64,
}

#[test]
fn doors_take_any_tokens() {
    let streams = setting("STORYLINE_FUZZ_STREAMS").unwrap_or(100_000);
    let seed = setting("STORYLINE_FUZZ_SEED").unwrap_or(7);
    let first = setting("STORYLINE_FUZZ_FIRST").unwrap_or(0);
    silence();
    let progress = Progress::watched(seed);
    let mut counts = vec![Count::default(); doors::DOORS.len()];
    let mut at = first;
    while at < first + streams {
        let end = (at + BATCH).min(first + streams);
        let watched = Arc::clone(&progress);
        // Its name is what remains of a stack that overflows.
        let thread = std::thread::Builder::new()
            .name(format!("{THREADS} {at} to {end} of {seed}"))
            .stack_size(STACK)
            .spawn(move || batch(seed, at..end, &watched))
            .expect("a thread can be started");
        let batch = thread.join().expect("doors do not unwind past the judge");
        match batch {
            Ok(batch) => {
                for (count, more) in counts.iter_mut().zip(batch) {
                    count.taken += more.taken;
                    count.refused += more.refused;
                }
            }
            Err(report) => panic!("{report}"),
        }
        at = end;
    }
    for (door, count) in doors::DOORS.iter().zip(counts) {
        // Streams that are all refused, or all taken, would test little.
        assert!(
            streams < 10_000 || count.taken > 100 && count.refused > 100,
            "{}: {count:?}",
            door.name
        );
    }
}

/// Panics of the threads that work are caught and judged; nobody needs to read of each.
fn silence() {
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let thread = std::thread::current();
        if !thread.name().is_some_and(|it| it.starts_with(THREADS)) {
            hook(panic);
        }
    }));
}

fn setting(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(text.replace('_', "").parse().expect("a number"))
}

fn batch(
    seed: u64,
    numbers: core::ops::Range<u64>,
    progress: &Progress,
) -> Result<Vec<Count>, String> {
    progress.begin();
    let source = Source::new();
    let ruler = Ruler::new();
    let mut counts = vec![Count::default(); doors::DOORS.len()];
    for number in numbers {
        progress.at(number);
        let call = source.stream(seed, number);
        match judge(&call, &ruler) {
            Ok(verdict) => {
                let door = doors::DOORS
                    .iter()
                    .position(|door| door.name == call.door.name)
                    .expect("calls are made of doors");
                match verdict {
                    Verdict::Taken => counts[door].taken += 1,
                    Verdict::Refused => counts[door].refused += 1,
                }
            }
            Err(_) => return Err(report(seed, number, shrink(call, &ruler), &ruler)),
        }
    }
    Ok(counts)
}

/// Takes away what is not needed to fail.
fn shrink(mut call: Call, ruler: &Ruler) -> Call {
    let size = |call: &Call| tree::size(&call.arguments) + tree::size(&call.item);
    if size(&call) > MOST_TO_SHRINK {
        return call;
    }
    while let Some(less) = mutate::smaller(&call)
        .into_iter()
        .find(|less| judge(less, ruler).is_err())
    {
        call = less;
    }
    call
}

fn report(seed: u64, number: u64, call: Call, ruler: &Ruler) -> String {
    let why = judge(&call, ruler).expect_err("it was kept because it fails");
    let arguments = tree::show(&call.arguments);
    let item = tree::show(&call.item);
    format!(
        "`{}` fails: {why}\n  arguments: {arguments}\n  item: {item}\n  again: STORYLINE_FUZZ_SEED={seed} \
         STORYLINE_FUZZ_FIRST={number} STORYLINE_FUZZ_STREAMS=1",
        call.door.name
    )
}
