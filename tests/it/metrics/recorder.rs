//! A recorder of our own: what it is given, and what it may do to us.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use crate::alone::{SOON, alone, wait_until};
use crate::ledger::{count, number};
use crate::timed::Declined;
use metrics::{
    Counter, CounterFn, Gauge, Histogram, HistogramFn, Key, KeyName, Metadata, Recorder,
    SharedString, Unit,
};
use storyline::sink::{self, Memory};
use storyline::{log_event, timed};

#[timed(percentiles, level = DEBUG, dependency = "stripe")]
fn charge(amount: u64) -> Result<u64, Declined> {
    if amount == 0 {
        return Err(Declined::new("nothing to pay"));
    }
    Ok(amount)
}

/// Every series by its name and labels: how many values there were, and their sum.
type Series = BTreeMap<String, (u64, f64)>;

#[derive(Clone, Copy, PartialEq)]
enum Habit {
    Quiet,
    Logs,
    Panics,
}

#[derive(Clone)]
struct Ours {
    series: Arc<Mutex<Series>>,
    units: Arc<Mutex<BTreeMap<String, Option<Unit>>>>,
    habit: Habit,
}

impl Ours {
    fn install(habit: Habit) -> Self {
        let ours = Self {
            series: Arc::default(),
            units: Arc::default(),
            habit,
        };
        metrics::set_global_recorder(ours.clone()).expect("the first");
        ours
    }

    fn series(&self) -> Series {
        self.series.lock().expect("no panic").clone()
    }

    fn calls(&self) -> u64 {
        let all = self.series();
        let own = all
            .iter()
            .filter(|it| it.0.starts_with("function_calls_total"));
        own.map(|it| it.1.0).sum()
    }

    fn one(&self, key: &Key) -> Arc<One> {
        match self.habit {
            Habit::Quiet => {}
            Habit::Logs => {
                log_event!(WARNING, "series_used", series = key.name());
                // All that a record can make the background thread wait for.
                let _ = storyline::counters();
                assert!(
                    storyline::flush(SOON).is_err(),
                    "by the thread that would do it"
                );
            }
            Habit::Panics => panic!("a recorder that fails"),
        }
        let labels = key
            .labels()
            .map(|it| format!("{}={}", it.key(), it.value()));
        let labels: Vec<_> = labels.collect();
        Arc::new(One {
            series: Arc::clone(&self.series),
            name: format!("{} {}", key.name(), labels.join(" ")),
        })
    }
}

struct One {
    series: Arc<Mutex<Series>>,
    name: String,
}

impl One {
    fn add(&self, count: u64, value: f64) {
        let mut all = self.series.lock().expect("no panic");
        let one = all.entry(self.name.clone()).or_default();
        one.0 += count;
        one.1 += value;
    }
}

impl CounterFn for One {
    fn increment(&self, value: u64) {
        self.add(value, 0.0);
    }

    fn absolute(&self, _: u64) {
        unreachable!("counts are handed on as they come");
    }
}

impl HistogramFn for One {
    fn record(&self, value: f64) {
        self.add(1, value);
    }
}

impl Recorder for Ours {
    fn describe_counter(&self, key: KeyName, unit: Option<Unit>, _: SharedString) {
        let mut units = self.units.lock().expect("no panic");
        units.insert(key.as_str().to_owned(), unit);
    }

    fn describe_gauge(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn describe_histogram(&self, key: KeyName, unit: Option<Unit>, text: SharedString) {
        self.describe_counter(key, unit, text);
    }

    fn register_counter(&self, key: &Key, _: &Metadata<'_>) -> Counter {
        Counter::from_arc(self.one(key))
    }

    fn register_gauge(&self, _: &Key, _: &Metadata<'_>) -> Gauge {
        unreachable!("there are none")
    }

    fn register_histogram(&self, key: &Key, _: &Metadata<'_>) -> Histogram {
        Histogram::from_arc(self.one(key))
    }
}

fn calls() {
    for amount in 0..=20 {
        let _ = charge(amount);
    }
}

alone! {
    fn each_call_is_handed_on_with_its_labels_also_below_every_level() {
        let setup = storyline::setup("x").directives("critical").sink(sink::memory(&Memory::new()));
        let guard = setup.start().expect("starts");
        // Before there is a recorder: those are nobody's.
        calls();
        guard.flush(SOON).expect("written");
        let ours = Ours::install(Habit::Quiet);
        calls();
        wait_until("the calls", || ours.calls() == 21);
        drop(guard);
        let series = ours.series();
        let names: Vec<_> = series.keys().map(String::as_str).collect();
        let labels = "name=charge dependency=stripe module=it::metrics::recorder";
        assert_eq!(names, [
            format!("function_calls_total {labels} outcome=err"),
            format!("function_calls_total {labels} outcome=ok"),
            format!("function_duration_seconds {labels} outcome=err"),
            format!("function_duration_seconds {labels} outcome=ok"),
        ]);
        for outcome in [("err", 1), ("ok", 20)] {
            let (count, seconds) = series[&format!("function_duration_seconds {labels} outcome={}", outcome.0)];
            assert_eq!(count, outcome.1);
            assert!(seconds > 0.0 && seconds < 60.0, "{seconds} are no seconds");
            assert_eq!(series[&format!("function_calls_total {labels} outcome={}", outcome.0)].0, outcome.1);
        }
    }

    fn what_the_names_mean_is_told() {
        let ours = Ours::install(Habit::Quiet);
        let guard = storyline::setup("x").sink(sink::memory(&Memory::new())).start().expect("starts");
        calls();
        drop(guard);
        let units = ours.units.lock().expect("no panic");
        assert_eq!(units["function_duration_seconds"], Some(Unit::Seconds));
        assert!(units.contains_key("function_calls_total"));
        assert!(units.contains_key("function_missed_total"));
    }

    fn a_recorder_may_log_and_ask() {
        let ours = Ours::install(Habit::Logs);
        let memory = Memory::new();
        let guard = storyline::setup("x")
            .sink(sink::memory(&memory))
            .ring_bytes(64 * 1024)
            .start()
            .expect("starts");
        for _ in 0..100 {
            calls();
            std::thread::yield_now();
        }
        wait_until("the calls", || ours.calls() == 2100);
        guard.flush(SOON).expect("written");
        drop(guard);
        let records = memory.records();
        assert!(count(&records, "series_used") >= 4, "{} records", records.len());
        let summary = records.iter().find(|it| it.event == "timing_summary").expect("at the end");
        assert_eq!(number(summary, "count"), 2100);
    }

    fn a_recorder_that_panics_harms_nobody() {
        Ours::install(Habit::Panics);
        let memory = Memory::new();
        let guard = storyline::setup("x").sink(sink::memory(&memory)).start().expect("starts");
        calls();
        log_event!(INFO, "after");
        guard.flush(SOON).expect("written");
        calls();
        drop(guard);
        let records = memory.records();
        assert_eq!(count(&records, "after"), 1);
        let summary = records.iter().find(|it| it.event == "timing_summary").expect("at the end");
        assert_eq!(number(summary, "count"), 42);
        let counters = storyline::counters();
        assert_eq!(counters.dropped_total(), 0, "{counters}");
    }
}
