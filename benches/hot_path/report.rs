//! The tables.
#![expect(clippy::print_stdout, reason = "a benchmark prints its table")]

use storyline_benches::child::Answers;

use crate::PLACES;
use crate::threads::THREADS;

pub(crate) fn print(runs: &[(&str, Answers)]) {
    for place in PLACES {
        let of_place = runs
            .iter()
            .filter(|(it, _)| *it == place)
            .map(|(_, run)| run);
        let share = |run: &&Answers| run.number("share");
        if let Some(run) = of_place.max_by(|a, b| share(a).total_cmp(&share(b))) {
            table(place, run);
        }
    }
    threads(runs);
}

/// What the rings of a place are.
fn title(place: &str) -> &'static str {
    match place {
        "memory" => "rings in the process's memory, no recorder",
        "tmpfs" => "recorder in /dev/shm",
        _ => "recorder in a directory on disk",
    }
}

fn table(place: &str, run: &Answers) {
    println!("{}; nanoseconds", title(place));
    println!(
        "quiet bursts only, and all; a quiet probe took at most {:.0}",
        run.number("probe")
    );
    let (core, share) = (run.number("core"), run.number("share") * 100.0);
    println!("measuring thread on processor {core}, which was quiet for {share:.0}% of the time\n");
    println!(
        "{:<42}{:>6}|{:>8}{:>8}{:>8}{:>8}{:>9} |{:>8}{:>8}{:>9}",
        "", "quiet", "call", "x limit", "p50", "p99", "p99.9", "all call", "x limit", "p99.9"
    );
    for index in 0..run.number("cases") as usize {
        let number = |kind: &str, what: &str| run.number(&format!("{kind}{index}.{what}"));
        let limit = |kind: &str| run.number(&format!("{kind}0.call"));
        let (quiet, all) = (number("quiet", "call"), number("all", "call"));
        println!(
            "{:<42}{:>5.0}%|{:>8.2}{:>8.2}{:>8.1}{:>8.1}{:>9.1} |{:>8.2}{:>8.2}{:>9.1}",
            run.text(&format!("name{index}")),
            run.number(&format!("share{index}")) * 100.0,
            quiet,
            quiet / limit("quiet"),
            number("quiet", "p50"),
            number("quiet", "p99"),
            number("quiet", "p99.9"),
            all,
            all / limit("all"),
            number("all", "p99.9"),
        );
    }
    println!();
}

fn threads(runs: &[(&str, Answers)]) {
    println!("payment_initiated from several threads at once; nanoseconds a call and thread\n");
    println!(
        "{:<52}{:>9}{:>9}{:>9}{:>9}",
        "threads", THREADS[0], THREADS[1], THREADS[2], THREADS[3]
    );
    for (place, run) in runs {
        for kind in ["quiet", "all"] {
            print!(
                "{:<52}",
                format!("{place}, processor {}, {kind}", run.text("core"))
            );
            for threads in THREADS {
                print!("{:>9.2}", run.number(&format!("threads{threads}.{kind}")));
            }
            println!();
        }
    }
    println!();
}
