//! Measures one rival in a process of its own, in turns with the limit.
//!
//! Calls come in bursts of a thousand, which fit into every queue here; between two bursts the rival's
//! background thread writes everything out, and the lines in the files are counted. `call` is the median
//! over bursts of the mean of a burst; the percentiles are of single calls, from which the cost of the
//! two clock readings around them was taken.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::limit::{self, Limit, counter};
use crate::lines::Lines;
use crate::rivals::bare;

pub(crate) type Error = Box<dyn std::error::Error>;

/// What was measured, by name; nanoseconds, but for what is named otherwise.
pub(crate) type Figures = BTreeMap<String, f64>;

const BURST: u64 = 1000;
/// Without a queue to fill, a longer burst hides the readings around it.
const OFF_BURST: u64 = 10_000;
/// How long a line may be on its way before it counts as missing.
const PATIENCE: Duration = Duration::from_secs(2);

/// One logger, as its own documentation sets it up to write to a file without blocking the caller.
pub(crate) trait Rival: Sized {
    /// What each line holds.
    const MARK: &str = "payment_initiated";
    /// Lines that a call writes, and one that fails, where that is not the same.
    const LINES: u64 = 1;
    const LINES_FAILING: u64 = 1;
    /// A function under an attribute, not an event.
    const FUNCTION: bool = false;

    /// Sets the logger up, once in a process, to write into files of this folder.
    fn start(folder: &Path) -> Result<Self, Error>;

    /// The event below the level that is wanted.
    fn off(&self, n: u64, provider: &str);

    /// The event `payment_initiated`, or a function that succeeds.
    fn call(&self, n: u64, provider: &str);

    /// A function that fails.
    fn failing_call(&self, _n: u64, _provider: &str) {}

    /// Asks for what is on its way, if the logger has words for that.
    fn flush(&mut self) {}

    /// Lets the background thread take over where a rival leaves that to its user.
    fn before_throughput(&mut self) {}

    /// Everything to the file, as at the end of a process.
    fn finish(self);
}

/// How much of it, in the full form or the quick one.
#[derive(Clone, Copy)]
pub(crate) struct Size {
    pub(crate) rounds: usize,
    pub(crate) events: u64,
}

pub(crate) fn measure<R: Rival>(folder: &Path, size: Size) -> Result<Figures, Error> {
    let rival = R::start(folder)?;
    let mut run = Run {
        rival,
        limit: Limit::new(),
        lines: Lines::new(folder, R::MARK),
        expected: 0,
        samples: BTreeMap::new(),
    };
    // The first burst opens files, makes rings and asks the sites; it is not measured.
    run.round();
    run.samples.clear();
    for _ in 0..size.rounds {
        run.round();
    }
    let mut figures = run.figures();
    figures.insert(
        "missing in bursts".into(),
        run.expected.saturating_sub(run.lines.count()) as f64,
    );
    if !R::FUNCTION {
        run.throughput(size.events, &mut figures);
    }
    Ok(figures)
}

/// Ticks of whole bursts, or of single calls, by name.
type Samples = BTreeMap<&'static str, Vec<u64>>;

struct Run<R> {
    rival: R,
    limit: Limit,
    lines: Lines,
    /// Lines that should be there by now.
    expected: u64,
    samples: Samples,
}

impl<R: Rival> Run<R> {
    fn round(&mut self) {
        let provider = String::from("stripe");
        let provider = black_box(provider.as_str());

        if R::FUNCTION {
            self.burst("limit off", OFF_BURST / 4, |_, _, n| {
                let _ = black_box(bare(n, false));
                let _ = black_box(bare(n, false));
                let _ = black_box(bare(n, false));
                let _ = black_box(bare(n, false));
            });
            self.whole("limit readings", || limit::readings(BURST));
            self.burst("limit", BURST, |_, limit, n| limit.timed(n, provider));
            self.singles("limit single", |_, limit, n| limit.timed(n, provider));
        } else {
            self.whole("limit off", || limit::off(OFF_BURST));
            self.burst("limit", BURST, |_, limit, n| limit.call(n, provider));
            self.singles("limit single", |_, limit, n| limit.call(n, provider));
        }

        // Four in a row, as the loop itself would cost as much as one that is off.
        self.burst("off", OFF_BURST / 4, |rival, _, n| {
            rival.off(n, provider);
            rival.off(n, provider);
            rival.off(n, provider);
            rival.off(n, provider);
        });
        self.burst("call", BURST, |rival, _, n| rival.call(n, provider));
        self.drain(BURST * R::LINES);
        self.singles("single", |rival, _, n| rival.call(n, provider));
        self.drain(BURST * R::LINES);
        if R::FUNCTION {
            self.burst("failing", BURST, |rival, _, n| {
                rival.failing_call(n, provider);
            });
            self.drain(BURST * R::LINES_FAILING);
        }
    }

    /// What makes a burst by itself.
    fn whole(&mut self, name: &'static str, burst: impl FnOnce()) {
        rest();
        let start = counter();
        burst();
        let ticks = counter() - start;
        self.samples.entry(name).or_default().push(ticks);
    }

    /// One burst as a whole.
    #[inline(always)]
    fn burst(&mut self, name: &'static str, calls: u64, run: impl Fn(&R, &mut Limit, u64)) {
        rest();
        let start = counter();
        for n in 0..calls {
            run(&self.rival, &mut self.limit, n);
        }
        let ticks = counter() - start;
        self.samples.entry(name).or_default().push(ticks);
    }

    /// One burst, call by call.
    #[inline(always)]
    fn singles(&mut self, name: &'static str, run: impl Fn(&R, &mut Limit, u64)) {
        // The list grows before the clock starts.
        let calls = self.samples.entry(name).or_default();
        calls.reserve(BURST as usize);
        rest();
        for n in 0..BURST {
            let start = counter();
            run(&self.rival, &mut self.limit, n);
            calls.push(counter() - start);
        }
    }

    /// Waits until what was logged stands in the files, or nothing has come for a while.
    fn drain(&mut self, more: u64) {
        self.expected += more;
        let (mut seen, mut since) = (self.lines.count(), Instant::now());
        loop {
            self.rival.flush();
            let now = self.lines.read();
            if now >= self.expected {
                return;
            }
            if now > seen {
                (seen, since) = (now, Instant::now());
            }
            if since.elapsed() > PATIENCE {
                return;
            }
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    fn figures(&mut self) -> Figures {
        let (nanos, overhead) = (limit::nanos_per_tick(), limit::reading_overhead());
        let mut figures = Figures::new();
        for (name, samples) in &mut self.samples {
            samples.sort_unstable();
            let at = |part: f64| samples[((samples.len() - 1) as f64 * part) as usize];
            if name.ends_with("single") {
                let name = name.trim_end_matches("single");
                for (percentile, part) in [("p50", 0.5), ("p99", 0.99), ("p99.9", 0.999)] {
                    let ticks = at(part).saturating_sub(overhead);
                    figures.insert(format!("{name}{percentile}"), ticks as f64 * nanos);
                }
            } else {
                let calls = if name.ends_with("off") {
                    OFF_BURST
                } else {
                    BURST
                };
                let ticks = at(0.5).saturating_sub(overhead) as f64;
                figures.insert((*name).to_string(), ticks / calls as f64 * nanos);
            }
        }
        figures.insert("resolution".into(), limit::resolution() as f64 * nanos);
        figures.insert("ratio".into(), figures["call"] / figures["limit"]);
        figures
    }

    /// From the first call to the moment when the logger says that all is in the file.
    fn throughput(mut self, events: u64, figures: &mut Figures) {
        let provider = String::from("stripe");
        let before = self.lines.read();
        self.rival.before_throughput();
        let start = Instant::now();
        for n in 0..events {
            self.rival.call(black_box(n), black_box(&provider));
        }
        self.rival.finish();
        let seconds = start.elapsed().as_secs_f64();
        let written = self.lines.read() - before;
        figures.insert("lines/s".into(), written as f64 / seconds);
        figures.insert("events".into(), events as f64);
        figures.insert("missing".into(), events.saturating_sub(written) as f64);
    }
}

/// Begins a burst with a whole time slice: whoever has just worked for long is soon interrupted for
/// milliseconds where there are more threads than cores.
fn rest() {
    std::thread::sleep(Duration::from_micros(200));
}

/// A new empty folder for the files of one process.
pub(crate) fn new_folder(name: &str) -> std::io::Result<PathBuf> {
    let folder =
        std::env::temp_dir().join(format!("storyline-compare-{}-{name}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}
