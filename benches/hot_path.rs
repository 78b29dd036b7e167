//! What one call costs its thread, beside what no logger can avoid: reading the time-stamp counter
//! and publishing a 48-byte record.
//!
//! All cases take turns within one run, in bursts that fit into a ring; between bursts the background
//! thread empties it. `call` is the median over bursts of the mean of a burst; the percentiles are of
//! single calls, from which the cost of the two clock readings around them was taken.
#![expect(clippy::print_stdout, reason = "a benchmark prints its table")]
#![expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "counts and ticks of one run"
)]
#![expect(unsafe_code, reason = "the limit is measured with nothing around it")]

use std::hint::black_box;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use storyline::{Level, log_event, sink, timed};

const ROUNDS: usize = 400;
const BURST: usize = 1000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::temp_dir().join(format!("storyline-hot-path-{}", std::process::id()));
    let file = folder.join("hot_path.log");
    let guard = storyline::setup("payment-service")
        .level(Level::Info)
        .sink(sink::file(&file))
        .start()?;

    let mut limit = Limit::new();
    let provider = String::from("stripe");
    let mut cases: Vec<Case<'_>> = vec![
        Case::new(
            "the limit: counter and 48 bytes published",
            Box::new(|n| limit.publish(n)),
        ),
        Case::new(
            "level off: the limit, one load and one branch",
            Box::new(level_off_limit),
        ),
        Case::new(
            "level off: log_event!",
            Box::new(|n| log_event!(DEBUG, "payment_initiated", user_id = n, amount = 500_u64)),
        ),
        Case::new(
            "log_event!, no fields",
            Box::new(|_| log_event!(INFO, "payment_initiated")),
        ),
        Case::new(
            "log_event!, payment_initiated",
            Box::new(|n| {
                log_event!(
                    INFO,
                    "payment_initiated",
                    user_id = n,
                    amount = 500_u64,
                    provider = provider
                );
            }),
        ),
        Case::new(
            "log_event!, payment_initiated, with a request id",
            Box::new(|n| {
                log_event!(
                    INFO,
                    "payment_initiated",
                    user_id = n,
                    amount = 500_u64,
                    provider = provider
                );
            }),
        )
        .inside_request(),
        Case::new("#[timed] off, an empty function", Box::new(timed_off)),
        Case::new("#[timed] on, an empty function", Box::new(timed_on)),
    ];

    for _ in 0..ROUNDS {
        for case in &mut cases {
            case.burst();
            guard.flush(Duration::from_secs(10))?;
            case.single_calls();
            guard.flush(Duration::from_secs(10))?;
        }
    }

    let nanos_per_tick = nanos_per_tick();
    let overhead = reading_overhead();
    println!("{ROUNDS} rounds of {BURST} calls a case; nanoseconds\n");
    println!(
        "{:<52}{:>8}{:>8}{:>8}{:>8}{:>9}",
        "", "call", "x limit", "p50", "p99", "p99.9"
    );
    let limit_call = cases[0].call();
    for case in &mut cases {
        let call = case.call();
        let [p50, p99, p999] = [0.5, 0.99, 0.999].map(|part| case.percentile(part));
        let single = |ticks: u64| ticks.saturating_sub(overhead) as f64 * nanos_per_tick;
        println!(
            "{:<52}{:>8.2}{:>8.2}{:>8.1}{:>8.1}{:>9.1}",
            case.name,
            call * nanos_per_tick,
            call / limit_call,
            single(p50),
            single(p99),
            single(p999),
        );
    }
    println!("\n{}", storyline::counters());
    drop(cases);
    drop(guard);
    std::fs::remove_dir_all(folder)?;
    Ok(())
}

#[timed(level = DEBUG, err_level = DEBUG, panic_level = DEBUG)]
fn timed_off(n: u64) {
    black_box(n);
}

#[timed]
fn timed_on(n: u64) {
    black_box(n);
}

static OFF: AtomicU64 = AtomicU64::new(20);

fn level_off_limit(n: u64) {
    if OFF.load(Ordering::Relaxed) <= 10 {
        black_box(n);
    }
}

/// A ring with nothing but the counter, a copy and one Release store.
struct Limit {
    bytes: Box<[u8]>,
    tail: AtomicU64,
}

impl Limit {
    fn new() -> Self {
        Self {
            bytes: vec![0; 256 * 1024].into(),
            tail: AtomicU64::new(0),
        }
    }

    #[inline(never)]
    fn publish(&mut self, n: u64) {
        let tail = self.tail.load(Ordering::Relaxed);
        let start = usize::try_from(tail).unwrap_or(0) & (256 * 1024 - 1);
        let mut record = [0_u8; 48];
        record[..8].copy_from_slice(&counter().to_le_bytes());
        record[8..16].copy_from_slice(&n.to_le_bytes());
        record[16..24].copy_from_slice(&500_u64.to_le_bytes());
        record[24..30].copy_from_slice(b"stripe");
        if let Some(place) = self.bytes.get_mut(start..start + 48) {
            place.copy_from_slice(&record);
        }
        let next = if start + 96 > self.bytes.len() {
            0
        } else {
            start as u64 + 48
        };
        self.tail.store(next, Ordering::Release);
    }
}

fn counter() -> u64 {
    #[cfg(target_arch = "x86_64")]
    // SAFETY: every x86-64 processor has the instruction.
    unsafe {
        core::arch::x86_64::_rdtsc()
    }
    #[cfg(not(target_arch = "x86_64"))]
    {
        u64::try_from(START.get_or_init(Instant::now).elapsed().as_nanos()).unwrap_or(0)
    }
}

#[cfg(not(target_arch = "x86_64"))]
static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();

struct Case<'a> {
    name: &'static str,
    run: Box<dyn FnMut(u64) + 'a>,
    request: bool,
    /// Ticks of whole bursts.
    bursts: Vec<u64>,
    /// Ticks of single calls.
    calls: Vec<u64>,
}

impl<'a> Case<'a> {
    fn new(name: &'static str, run: Box<dyn FnMut(u64) + 'a>) -> Self {
        Self {
            name,
            run,
            request: false,
            bursts: Vec::new(),
            calls: Vec::new(),
        }
    }

    fn inside_request(mut self) -> Self {
        self.request = true;
        self
    }

    /// One burst as a whole.
    fn burst(&mut self) {
        let _request = self
            .request
            .then(|| storyline::request_scope("req-7f3a9c21"));
        let start = counter();
        for n in 0..BURST as u64 {
            (self.run)(black_box(n));
        }
        self.bursts.push(counter() - start);
    }

    /// One burst, call by call.
    fn single_calls(&mut self) {
        let _request = self
            .request
            .then(|| storyline::request_scope("req-7f3a9c21"));
        for n in 0..BURST as u64 {
            let start = counter();
            (self.run)(black_box(n));
            self.calls.push(counter() - start);
        }
    }

    /// Ticks of a call: the median burst's mean.
    fn call(&mut self) -> f64 {
        self.bursts.sort_unstable();
        self.bursts[self.bursts.len() / 2] as f64 / BURST as f64
    }

    /// Ticks that this part of all single calls stayed below.
    fn percentile(&mut self, part: f64) -> u64 {
        self.calls.sort_unstable();
        self.calls[((self.calls.len() - 1) as f64 * part) as usize]
    }
}

/// Ticks between two readings with nothing between them.
fn reading_overhead() -> u64 {
    (0..10_000)
        .map(|_| {
            let start = counter();
            counter() - start
        })
        .min()
        .unwrap_or(0)
}

fn nanos_per_tick() -> f64 {
    let (ticks, start) = (counter(), Instant::now());
    std::thread::sleep(Duration::from_millis(200));
    start.elapsed().as_nanos() as f64 / (counter() - ticks) as f64
}
