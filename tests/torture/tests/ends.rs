//! Every other way in which a process ends: nothing acknowledged is lost, the status is what it would be
//! without a logger, and what ends in order leaves nothing for a later start.

use std::os::unix::process::ExitStatusExt;
use std::process::ExitStatus;

use storyline_torture::case::{Case, Form};
use storyline_torture::judge::Verdict;
use storyline_torture::os;

const VICTIM: &str = env!("CARGO_BIN_EXE_victim");

/// Seeds of each way, each with one and with eight threads.
const SEEDS: u64 = 3;

/// Ends victims in this way; `look` sees each case between that and the next start.
fn end(
    scenario: &str,
    is_expected: impl Fn(ExitStatus) -> bool,
    look: impl Fn(&Case) -> Result<(), String>,
) {
    let mut all = Verdict::default();
    for seed in 1..=SEEDS {
        for (threads, form) in [(1, Form::Line), (8, Form::Json)] {
            let mut case = Case::new(VICTIM, form);
            let mut running = case.start(scenario, seed, threads);
            case.count_kill();
            if scenario == "run" {
                case.wait_started(&mut running);
                std::thread::sleep(std::time::Duration::from_millis(seed * 3));
                os::signal(&running.child, libc::SIGTERM);
            }
            let judged = match running.wait() {
                None => Err("hangs".to_owned()),
                Some(status) if !is_expected(status) => Err(format!("ended with {status}")),
                Some(_) => look(&case).and_then(|()| case.restart_and_judge()),
            };
            match judged {
                Ok(verdict) => {
                    all.records += verdict.records;
                    all.recovered += verdict.recovered;
                    all.cut += verdict.cut;
                }
                Err(faults) => panic!(
                    "{scenario}, seed {seed}, {threads} threads:\n{faults}\n  kept in {}",
                    case.keep().display()
                ),
            }
        }
    }
    #[expect(clippy::print_stdout, reason = "the figures of a run are its result")]
    {
        println!("{scenario}: {all:?}");
    }
    assert!(all.records > 0, "nothing was tested");
}

fn by(signal: i32) -> impl Fn(ExitStatus) -> bool {
    move |status| status.signal() == Some(signal)
}

fn with(code: i32) -> impl Fn(ExitStatus) -> bool {
    move |status| status.code() == Some(code)
}

/// All that was acknowledged is in the log, and nobody has anything left to do.
fn is_complete(case: &Case) -> Result<(), String> {
    let verdict = case.judge()?;
    if verdict.recovered > 0 || verdict.cut > 0 || verdict.in_flight > 0 {
        return Err(format!("ended in order, and yet: {verdict:?}"));
    }
    is_drained(case)
}

/// No recorder file is left.
fn is_drained(case: &Case) -> Result<(), String> {
    let left = case.left();
    if left.is_empty() {
        Ok(())
    } else {
        Err(format!("left in the recorder's directory: {left:?}"))
    }
}

#[expect(clippy::unnecessary_wraps, reason = "beside others that can fail")]
fn anything(_: &Case) -> Result<(), String> {
    Ok(())
}

#[test]
fn return_from_main() {
    end("return", with(0), is_complete);
}

#[test]
fn process_exit_while_threads_log() {
    end("exit", with(7), anything);
}

#[test]
fn panic_in_main_while_threads_log() {
    end("panic", with(101), anything);
}

#[test]
fn abort() {
    end("abort", by(libc::SIGABRT), anything);
}

#[test]
fn stack_overflow() {
    end("overflow", by(libc::SIGABRT), anything);
}

#[test]
fn read_of_null() {
    end("segv", by(libc::SIGSEGV), anything);
}

#[test]
fn sigterm() {
    end("run", by(libc::SIGTERM), anything);
}

/// The process that takes its place has its number, and is not taken for its living self.
#[test]
fn exec_of_itself() {
    end("exec", with(0), |case| {
        let verdict = case.judge()?;
        if verdict.own.contains_key("restarted") {
            is_drained(case)
        } else {
            Err(format!("{verdict:?}"))
        }
    });
}
