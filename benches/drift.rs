//! How far timestamps and durations drift from the system's clocks. For so many seconds (600 unless
//! `STORYLINE_DRIFT_SECONDS` says otherwise) a record is made every second, between two looks at the wall
//! clock, and calls of growing length are timed, between two looks at the monotonic one. Prints milliseconds
//! an hour; more than one is too much.
//!
//! `cargo bench -p storyline-benches --bench drift`
#![expect(clippy::print_stdout, reason = "its output is what it is for")]
#![expect(
    clippy::cast_precision_loss,
    reason = "nanoseconds of minutes fit into 53 bits"
)]

use std::time::{Duration, Instant, SystemTime};

use storyline::sink::{self, Memory};
use storyline::{ValueBuf, log_event, timed_block};

const HOUR: f64 = 3600.0;
const SOON: Duration = Duration::from_secs(60);

fn wall() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.map_or(0, |it| i64::try_from(it.as_nanos()).unwrap_or(i64::MAX))
}

/// What timestamps were off by, and when.
#[derive(Default)]
struct Timestamps {
    /// Seconds since the start, and nanoseconds outside the two looks at the clock.
    off: Vec<(f64, f64)>,
    /// Nanoseconds between two looks, which is as far as they can see, summed up.
    blind: i64,
}

impl Timestamps {
    fn add(&mut self, at: f64, timestamp: i64, before: i64, after: i64) {
        let early = (before - timestamp).max(0);
        let late = (timestamp - after).max(0);
        self.blind += after - before;
        self.off.push((at, (late - early) as f64));
    }

    fn largest(&self) -> f64 {
        self.off.iter().map(|it| it.1.abs()).fold(0.0, f64::max)
    }

    /// The slope of the line through all of them, in nanoseconds a second.
    fn slope(&self) -> f64 {
        let count = self.off.len() as f64;
        let mean = |of: fn(&(f64, f64)) -> f64| self.off.iter().map(of).sum::<f64>() / count;
        let (at, off) = (mean(|it| it.0), mean(|it| it.1));
        let both: f64 = self.off.iter().map(|it| (it.0 - at) * (it.1 - off)).sum();
        let squares: f64 = self.off.iter().map(|it| (it.0 - at).powi(2)).sum();
        if squares > 0.0 { both / squares } else { 0.0 }
    }
}

/// What records said since the last look: a timestamp, and durations in seconds.
fn said(memory: &Memory) -> (Option<i64>, Vec<f64>) {
    let _ = storyline::flush(SOON);
    let (mut timestamp, mut durations) = (None, Vec::new());
    for written in memory.take() {
        match written.record.field("duration_ms") {
            Some(&(ValueBuf::Millis(ms) | ValueBuf::Float(ms))) => durations.push(ms / 1e3),
            _ => timestamp = Some(written.record.timestamp.as_nanos()),
        }
    }
    (timestamp, durations)
}

/// Looks at timestamps once a second for so long.
fn watch(memory: &Memory, start: Instant, length: Duration, seen: &mut Timestamps) {
    let began = Instant::now();
    while began.elapsed() < length {
        std::thread::sleep(Duration::from_secs(1).min(length));
        let before = wall();
        log_event!(INFO, "drift_measured");
        let after = wall();
        if let (Some(timestamp), _) = said(memory) {
            seen.add(start.elapsed().as_secs_f64(), timestamp, before, after);
        }
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let seconds: u64 = match std::env::var("STORYLINE_DRIFT_SECONDS") {
        Ok(text) => text.parse()?,
        // `cargo test` starts benches without this argument, to see that they run.
        Err(_) if std::env::args().any(|it| it == "--bench") => 600,
        Err(_) => 2,
    };
    let memory = Memory::new();
    let _flush = storyline::setup("drift")
        .sink(sink::memory(&memory))
        .start()?;
    let (start, mut seen) = (Instant::now(), Timestamps::default());
    println!("{:>10}  {:>14}  {:>12}", "duration", "off", "ms an hour");
    // A sixtieth, a tenth, and the rest.
    for part in [60, 10, 1] {
        let length = Duration::from_secs(seconds) / part;
        let outside = Instant::now();
        let inside = timed_block!("drift", {
            let inside = Instant::now();
            watch(&memory, start, length, &mut seen);
            inside.elapsed().as_secs_f64()
        });
        let outside = outside.elapsed().as_secs_f64();
        for duration in said(&memory).1 {
            let off = (duration - outside).max(0.0) - (inside - duration).max(0.0);
            println!(
                "{duration:>8.1} s  {:>11.3} us  {:>12.4}",
                off * 1e6,
                off / duration * HOUR * 1e3
            );
        }
    }
    println!(
        "timestamps: {} looks, {:.3} us apart on average; at most {:.3} us outside, drifting {:.4} ms an hour",
        seen.off.len(),
        seen.blind as f64 / seen.off.len() as f64 / 1e3,
        seen.largest() / 1e3,
        seen.slope() * HOUR / 1e6
    );
    Ok(())
}
