//! SIGKILL at random moments: no acknowledged record is lost, doubled, changed or out of order.

use std::time::Duration;

use storyline_torture::case::{Case, Form};
use storyline_torture::judge::Verdict;
use storyline_torture::step::Random;

const VICTIM: &str = env!("CARGO_BIN_EXE_victim");

fn number(variable: &str) -> Option<u64> {
    let text = std::env::var(variable).ok()?;
    Some(
        text.parse()
            .unwrap_or_else(|error| panic!("{variable}={text}: {error}")),
    )
}

/// Up to five victims, killed one after the other on the same log; the later ones usually while they
/// recover what the earlier ones have left.
fn one(seed: u64) -> Result<(u64, Verdict), String> {
    let mut random = Random::of(&[seed]);
    let form = [Form::Line, Form::Json][random.index(2)];
    let mut case = Case::new(VICTIM, form);
    let kills = 1 + random.below(5);
    for kill in 0..kills {
        let threads = if random.below(2) == 0 { 1 } else { 8 };
        // One that returns from `main` is often killed while it writes what is left.
        let scenario = if random.below(4) == 0 {
            "return"
        } else {
            "run"
        };
        let mut running = case.start(scenario, (seed << 8) | kill, threads);
        let delay = match random.below(3) {
            0 => random.below(20_000),
            1 => random.below(6_000),
            _ => {
                case.wait_started(&mut running);
                random.below(30_000)
            }
        };
        std::thread::sleep(Duration::from_micros(delay));
        let status = case.kill(running);
        if status
            .code()
            .is_some_and(|code| code != 0 || scenario == "run")
        {
            return Err(format!(
                "victim {kill} ended by itself: {status}; kept in {}",
                case.keep().display()
            ));
        }
    }
    let judged = case.restart_and_judge().and_then(|verdict| {
        let is_quiet = verdict
            .own
            .keys()
            .all(|event| event == "restarted" || event == "process_died");
        let is_exact = kills > 1 || verdict.told == verdict.recovered;
        if is_quiet && is_exact && verdict.damaged == 0 {
            Ok(verdict)
        } else {
            Err(format!("  {verdict:?}"))
        }
    });
    match judged {
        Ok(verdict) => Ok((kills, verdict)),
        Err(faults) => Err(format!("{faults}\n  kept in {}", case.keep().display())),
    }
}

#[test]
fn random_kills_lose_nothing() {
    let wanted = number("STORYLINE_KILLS").unwrap_or(500);
    let fixed = number("STORYLINE_SEED");
    let (mut kills, mut all, mut failed) = (0, Verdict::default(), Vec::new());
    for seed in 1.. {
        if kills >= wanted || failed.len() >= 5 {
            break;
        }
        let seed = fixed.unwrap_or(seed);
        match one(seed) {
            Ok((more, verdict)) => {
                kills += more;
                all.records += verdict.records;
                all.recovered += verdict.recovered;
                all.in_flight += verdict.in_flight;
                all.cut += verdict.cut;
            }
            Err(faults) => {
                kills += 1;
                failed.push(format!(
                    "seed {seed}:\n{faults}\n  again: STORYLINE_SEED={seed} STORYLINE_KILLS=100 cargo test -p storyline-torture --test kill"
                ));
            }
        }
    }
    #[expect(clippy::print_stdout, reason = "the figures of a run are its result")]
    {
        println!("{kills} kills: {all:?}");
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    assert!(
        all.records > 0 && (fixed.is_some() || all.recovered > 0),
        "nothing was tested: {all:?}"
    );
}
