//! The targets, beside what was measured.
#![expect(clippy::print_stdout, reason = "a benchmark prints its table")]

use storyline_benches::child::Answers;

use crate::cases::{LIMIT, OFF, OFF_LIMIT, PAYMENT, READINGS, REQUEST, TIMED};

/// A run, whose cases are asked for by name, quiet bursts only.
struct Run<'a>(&'a Answers);

impl Run<'_> {
    fn get(&self, name: &str, what: &str) -> f64 {
        let count = self.0.number("cases") as usize;
        let index = (0..count).find(|index| self.0.text(&format!("name{index}")) == name);
        index.map_or(f64::NAN, |index| {
            self.0.number(&format!("quiet{index}.{what}"))
        })
    }

    fn ratio(&self, name: &str) -> f64 {
        self.get(name, "call") / self.get(LIMIT, "call")
    }
}

pub(crate) fn print(runs: &[(&str, Answers)]) {
    println!(
        "{:<76}{:>10}{:>10}",
        "targets, of quiet bursts", "target", "measured"
    );
    for (place, answers) in runs {
        let run = Run(answers);
        let place = &format!("{place}, processor {}", answers.text("core"));
        if place.starts_with("memory") {
            let off = run.get(OFF, "call") - run.get(OFF_LIMIT, "call");
            line(place, "level off, more than its limit, ns", 0.1, off);
            line(
                place,
                "payment_initiated, x the limit",
                1.15,
                run.ratio(PAYMENT),
            );
            let alone = answers.number("threads1.quiet") / run.get(LIMIT, "call");
            line(
                place,
                "the same, alone in a thread, x the limit",
                1.15,
                alone,
            );
            let timed = run.get(TIMED, "call") - run.get(READINGS, "call");
            line(
                place,
                "#[timed] sync, more than two readings of the clock, ns",
                6.0,
                timed,
            );
        }
        if place.starts_with("tmpfs") {
            line(
                place,
                "payment_initiated, request id, x the limit",
                1.3,
                run.ratio(REQUEST),
            );
            let memory = runs.iter().find(|(place, memory)| {
                *place == "memory" && memory.text("core") == answers.text("core")
            });
            let memory = memory.map_or(f64::NAN, |(_, it)| Run(it).ratio(PAYMENT));
            let more = (run.ratio(PAYMENT) - memory) * run.get(LIMIT, "call");
            line(
                place,
                "payment_initiated, more than without a recorder, ns",
                1.0,
                more,
            );
        }
        if !place.starts_with("disk") {
            line(
                place,
                "payment_initiated, p99.9, ns",
                500.0,
                run.get(PAYMENT, "p99.9"),
            );
            let noise = run.get(LIMIT, "p99.9");
            println!(
                "{:<76}{:>10}{noise:>10.1}",
                format!("{place}: the limit's own p99.9, ns"),
                ""
            );
        }
    }
}

fn line(place: &str, what: &str, target: f64, measured: f64) {
    let met = if measured <= target { "met" } else { "missed" };
    println!(
        "{:<76}{target:>10.2}{measured:>10.2}  {met}",
        format!("{place}: {what}")
    );
}
