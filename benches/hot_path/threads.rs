//! Several threads that log at once, each into its own ring.
#![expect(clippy::print_stdout, reason = "a child answers on its output")]

use std::error::Error;
use std::hint::black_box;
use std::sync::Barrier;
use std::thread;

use storyline::{Guard, log_event};
use storyline_benches::cores;
use storyline_benches::counter::{counter, nanos_per_tick};

use crate::FLUSH;
use crate::measure::{BURST, WARM_UP, median, probed};

/// How many at once.
pub(crate) const THREADS: [usize; 4] = [1, 2, 4, 16];

/// Prints for each number of threads what a call costs its thread: the median over all bursts of all threads.
/// The threads run on whatever core the system gives them, with the background thread among them.
pub(crate) fn measure(guard: &Guard, rounds: usize) -> Result<(), Box<dyn Error>> {
    let nanos = nanos_per_tick();
    for threads in THREADS {
        let bursts = at_once(guard, threads, rounds)?;
        let limit = cores::quiet_limit(bursts.iter().map(|(probe, _)| *probe));
        let quiet = bursts.iter().filter(|(probe, _)| *probe <= limit).count();
        println!(
            "threads{threads}.share={}",
            quiet as f64 / bursts.len() as f64
        );
        for (kind, limit) in [("quiet", limit), ("all", u64::MAX)] {
            let bursts = bursts.iter().filter(|(probe, _)| *probe <= limit);
            let calls = bursts.map(|(_, ticks)| *ticks as f64 * nanos / BURST as f64);
            println!("threads{threads}.{kind}={}", median(calls.collect()));
        }
    }
    Ok(())
}

/// Rounds of bursts that all threads begin together; between them all is written.
fn at_once(
    guard: &Guard,
    threads: usize,
    rounds: usize,
) -> Result<Vec<(u64, u64)>, Box<dyn Error>> {
    let (begin, end) = (Barrier::new(threads + 1), Barrier::new(threads + 1));
    thread::scope(|scope| {
        let logging: Vec<_> = (0..threads)
            .map(|_| {
                scope.spawn(|| {
                    let provider = String::from("stripe");
                    let mut bursts = Vec::with_capacity(rounds);
                    for _ in 0..rounds {
                        begin.wait();
                        calls(WARM_UP, &provider);
                        bursts.push(probed(|| calls(BURST, &provider)));
                        end.wait();
                    }
                    bursts
                })
            })
            .collect();
        let mut outcome = Ok(());
        for _ in 0..rounds {
            begin.wait();
            end.wait();
            outcome = outcome.and(guard.flush(FLUSH));
        }
        outcome?;
        let mut all = Vec::new();
        for thread in logging {
            all.extend(
                thread
                    .join()
                    .map_err(|_| "a thread that logs has panicked")?,
            );
        }
        Ok(all)
    })
}

/// Ticks of so many calls.
fn calls(count: u64, provider: &str) -> u64 {
    let start = counter();
    for n in 0..count {
        log_event!(
            INFO,
            "payment_initiated",
            user_id = black_box(n),
            amount = 500_u64,
            provider = provider
        );
    }
    counter() - start
}
