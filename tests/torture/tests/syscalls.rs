//! SIGKILL in front of every system call of a small workload, and of the recovery after one. Where `strace`
//! is missing or may not trace, the tests say that they were skipped.

use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Stdio};

use storyline_torture::case::{Case, Form};
use storyline_torture::judge::Verdict;

const VICTIM: &str = env!("CARGO_BIN_EXE_victim");

/// What may stand between a record and its place in the log. One that a machine does not have is left out.
const CALLS: [&str; 25] = [
    "write",
    "pwrite64",
    "writev",
    "read",
    "pread64",
    "openat",
    "close",
    "statx",
    "newfstatat",
    "fcntl",
    "fallocate",
    "ftruncate",
    "mkdir",
    "unlink",
    "unlinkat",
    "rename",
    "getdents64",
    "mmap",
    "munmap",
    "madvise",
    "membarrier",
    "clone3",
    "futex",
    "fdatasync",
    "exit_group",
];

/// A workload that makes more of one call than this does not end.
const MOST: u32 = 2_000;

#[expect(clippy::print_stdout, reason = "what a run did is its result")]
fn say(text: &str) {
    println!("{text}");
}

fn can_trace(call: &str) -> bool {
    let mut command = Command::new("strace");
    command.args([
        "-f",
        "-qq",
        "-o",
        "/dev/null",
        "-e",
        &format!("trace={call}"),
        "true",
    ]);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// Runs a command that is killed in front of its `at`th such call, counted for each thread by itself.
/// Whether that killed it.
fn killed_at(
    command: &Command,
    call: &str,
    at: u32,
    path: Option<&std::path::Path>,
) -> Result<bool, String> {
    let mut traced = Command::new("strace");
    traced.args([
        "-f",
        "-qq",
        "-o",
        "/dev/null",
        "-e",
        &format!("trace={call}"),
    ]);
    traced.args(["-e", &format!("inject={call}:signal=KILL:when={at}")]);
    if let Some(path) = path {
        traced.arg("-P").arg(path);
    }
    traced.arg(command.get_program()).args(command.get_args());
    traced
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let status = traced.status().map_err(|error| error.to_string())?;
    match (status.code(), status.signal()) {
        (Some(0), _) => Ok(false),
        (_, Some(libc::SIGKILL)) => Ok(true),
        _ => Err(format!("the traced victim ended with {status}")),
    }
}

/// Runs `one` for the first, second, ... such call, until none is left to be killed at.
fn sweep(calls: &[&str], mut one: impl FnMut(&str, u32) -> Result<(bool, Verdict), String>) {
    let calls: Vec<_> = calls.iter().filter(|call| can_trace(call)).collect();
    if calls.is_empty() {
        say("skipped: there is no `strace`, or it may not trace");
        return;
    }
    let (mut kills, mut all) = (0, Verdict::default());
    for call in calls {
        for at in 1.. {
            assert!(at < MOST, "{call} has no end");
            match one(call, at) {
                Ok((was_killed, verdict)) => {
                    all.records += verdict.records;
                    all.recovered += verdict.recovered;
                    all.in_flight += verdict.in_flight;
                    if !was_killed {
                        break;
                    }
                    kills += 1;
                }
                Err(faults) => panic!("{call}, number {at}:\n{faults}"),
            }
        }
    }
    say(&format!("{kills} kills: {all:?}"));
    assert!(kills > 0 && all.records > 0, "nothing was tested");
}

fn close(case: Case) -> Result<Verdict, String> {
    case.restart_and_judge()
        .map_err(|faults| format!("{faults}\n  kept in {}", case.keep().display()))
}

/// The workload of two threads, killed once.
fn workload(call: &str, at: u32, only_log: bool) -> Result<(bool, Verdict), String> {
    let mut case = Case::new(VICTIM, Form::Line);
    let command = case.command("fixed", u64::from(at), 2);
    case.count_kill();
    let log = case.log();
    let was_killed = killed_at(&command, call, at, only_log.then_some(log.as_path()))?;
    close(case).map(|verdict| (was_killed, verdict))
}

#[test]
fn every_call_of_a_workload() {
    sweep(&CALLS, |call, at| workload(call, at, false));
}

/// Calls that touch the log file alone, so that those of the background thread come first.
#[test]
fn every_call_on_the_log() {
    sweep(
        &["write", "fcntl", "statx", "openat", "ftruncate"],
        |call, at| workload(call, at, true),
    );
}

/// A recovery that is killed at the same call three times over.
#[test]
fn every_call_of_a_recovery() {
    sweep(&CALLS, |call, at| {
        let mut case = Case::new(VICTIM, Form::Line);
        let mut running = case.start("fixed-abort", u64::from(at), 2);
        case.count_kill();
        running.wait().ok_or("the victim hangs")?;
        let mut was_killed = false;
        for _ in 0..3 {
            let command = case.restart()?;
            case.count_kill();
            was_killed |= killed_at(&command, call, at, None)?;
        }
        close(case).map(|verdict| (was_killed, verdict))
    });
}
