//! Bursts and single calls, each between two probes of the core.
#![expect(clippy::print_stdout, reason = "a child answers on its output")]

use std::hint::black_box;

use storyline::context;
use storyline_benches::cores;
use storyline_benches::counter::{counter, nanos_per_tick, reading_ticks};

/// Calls in a burst. With those before it they fill less than half of a ring even with long texts. With a
/// record of 88 bytes they write more than the 32 KiB of a first-level cache: that writing on from there
/// takes its time on a core that is shared is a part of what a call costs.
pub(crate) const BURST: u64 = 450;

/// Calls before a burst.
pub(crate) const WARM_UP: u64 = 50;

/// Calls in a burst of what is done within a nanosecond, so that reading the clock around it weighs nothing.
const CHEAP_BURST: u64 = 20_000;

/// What a call is made inside of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Inside {
    Nothing,
    Request,
    /// A request and two bound fields.
    Bound,
}

/// Something that can be called over and over, compiled into the loop that calls it.
trait Calls {
    /// Calls that nobody times: the first wakes a background thread that sleeps, the others bring code and
    /// data back into the caches, which waiting for a flush has emptied.
    fn warm_up(&mut self);

    /// Ticks of so many calls.
    fn burst(&mut self, calls: u64) -> u64;

    /// Ticks of each single one.
    fn single_calls(&mut self, ticks: &mut [u32; BURST as usize]);
}

struct Body<F>(F);

impl<F: FnMut(u64)> Calls for Body<F> {
    fn warm_up(&mut self) {
        for n in 0..WARM_UP {
            (self.0)(black_box(n));
        }
    }

    #[inline(never)]
    fn burst(&mut self, calls: u64) -> u64 {
        let start = counter();
        for n in 0..calls {
            (self.0)(black_box(n));
        }
        counter() - start
    }

    #[inline(never)]
    fn single_calls(&mut self, ticks: &mut [u32; BURST as usize]) {
        for (n, ticks) in (0_u64..).zip(ticks) {
            let start = counter();
            (self.0)(black_box(n));
            *ticks = u32::try_from(counter() - start).unwrap_or(u32::MAX);
        }
    }
}

pub(crate) struct Case {
    name: &'static str,
    calls: Box<dyn Calls>,
    inside: Inside,
    behind: Box<dyn FnMut()>,
    burst: u64,
    /// Of each burst the slower of the two probes around it, and its ticks.
    bursts: Vec<(u64, u64)>,
    /// The same for bursts of single calls, whose ticks follow each other in `ticks`.
    probes: Vec<u64>,
    ticks: Vec<u32>,
}

impl Case {
    pub(crate) fn new(name: &'static str, call: impl FnMut(u64) + 'static) -> Self {
        Self {
            name,
            calls: Box::new(Body(call)),
            inside: Inside::Nothing,
            behind: Box::new(|| ()),
            burst: BURST,
            bursts: Vec::new(),
            probes: Vec::new(),
            ticks: Vec::new(),
        }
    }

    pub(crate) fn inside(mut self, inside: Inside) -> Self {
        self.inside = inside;
        self
    }

    /// What is done behind each burst, untimed.
    pub(crate) fn behind(mut self, behind: impl FnMut() + 'static) -> Self {
        self.behind = Box::new(behind);
        self
    }

    pub(crate) fn cheap(mut self) -> Self {
        self.burst = CHEAP_BURST;
        self
    }

    /// One burst as a whole.
    pub(crate) fn burst(&mut self) {
        let Self { calls, burst, .. } = self;
        let (probe, ticks) = within(self.inside, || {
            calls.warm_up();
            probed(|| calls.burst(*burst))
        });
        self.bursts.push((probe, ticks));
        (self.behind)();
    }

    /// One burst, call by call.
    pub(crate) fn single_calls(&mut self) {
        // Memory that was there before: a page that is touched first would cost the call a microsecond.
        let mut ticks = [0; BURST as usize];
        let calls = &mut self.calls;
        let (probe, ()) = within(self.inside, || {
            calls.warm_up();
            probed(|| calls.single_calls(&mut ticks))
        });
        self.probes.push(probe);
        self.ticks.extend(ticks);
        (self.behind)();
    }
}

fn within<T>(inside: Inside, run: impl FnOnce() -> T) -> T {
    let _request = (inside != Inside::Nothing).then(|| storyline::request_scope("req-7f3a9c21"));
    let _bound = (inside == Inside::Bound).then(|| context!(tenant = "acme", shard = 7_u32));
    run()
}

/// The slower of the probes on both sides, and what came between.
pub(crate) fn probed<T>(run: impl FnOnce() -> T) -> (u64, T) {
    let before = cores::probe();
    let outcome = run();
    (before.max(cores::probe()), outcome)
}

/// The middle one.
pub(crate) fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Prints what the parent reads: for each case its name and, of quiet bursts and of all, in nanoseconds the
/// call and the percentiles.
pub(crate) fn answer(cases: &mut [Case]) {
    let nanos = nanos_per_tick();
    let reading = reading_ticks();
    let probes = cases
        .iter()
        .flat_map(|case| case.bursts.iter().map(|(probe, _)| *probe));
    let limit = cores::quiet_limit(probes);
    println!("cases={}", cases.len());
    println!("reading={}", reading as f64 * nanos);
    println!("probe={}", limit as f64 * nanos);
    let bursts = cases.iter().flat_map(|case| &case.bursts);
    let quiet = bursts.clone().filter(|(probe, _)| *probe <= limit).count();
    println!("share={}", quiet as f64 / bursts.count() as f64);
    for (index, case) in cases.iter_mut().enumerate() {
        println!("name{index}={}", case.name);
        let quiet = case
            .bursts
            .iter()
            .filter(|(probe, _)| *probe <= limit)
            .count();
        println!("share{index}={}", quiet as f64 / case.bursts.len() as f64);
        for (kind, limit) in [("quiet", limit), ("all", u64::MAX)] {
            let bursts = case.bursts.iter().filter(|(probe, _)| *probe <= limit);
            let means = bursts.map(|(_, ticks)| *ticks as f64 * nanos / case.burst as f64);
            println!("{kind}{index}.call={}", median(means.collect()));
            let singles = case.ticks.chunks(BURST as usize).zip(&case.probes);
            let singles = singles
                .filter(|(_, probe)| **probe <= limit)
                .flat_map(|(it, _)| it);
            let mut ticks: Vec<u32> = singles.copied().collect();
            ticks.sort_unstable();
            for (name, part) in [("p50", 0.5), ("p99", 0.99), ("p99.9", 0.999)] {
                let place = (ticks.len().saturating_sub(1)) as f64 * part;
                let tick = ticks
                    .get(place as usize)
                    .copied()
                    .map_or(f64::NAN, f64::from);
                println!(
                    "{kind}{index}.{name}={}",
                    (tick - reading as f64).max(0.0) * nanos
                );
            }
        }
    }
}
