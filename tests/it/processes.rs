//! Many processes on the same files at once: no torn line, everything there, each one's order kept, and
//! what a process that is killed in the middle leaves behind harms nobody else's lines.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::alone::{Place, Process, SOON, lines, say};
use crate::ledger::{number, record, records};
use storyline::{RecordBuf, format, log_event, sink};

/// The steps of each process, in the order of the log.
fn steps_by_process(records: &[RecordBuf]) -> BTreeMap<u32, Vec<u64>> {
    let mut steps: BTreeMap<u32, Vec<u64>> = BTreeMap::new();
    for record in records.iter().filter(|it| it.event == "step") {
        steps
            .entry(record.pid)
            .or_default()
            .push(number(record, "n"));
    }
    steps
}

#[test]
fn eight_processes_share_two_files_in_two_formats() {
    const PROCESSES: usize = 8;
    const STEPS: u64 = 1_500;
    let name = format!(
        "{}::eight_processes_share_two_files_in_two_formats",
        module_path!()
    );
    let body = || {
        let place = std::env::var("SHARED_PLACE").expect("given by the parent");
        let _flush = storyline::setup("x")
            .file(Path::new(&place).join("x.log"))
            .sink(sink::file(Path::new(&place).join("x.json")).format(format::Json::default()))
            .start()
            .expect("starts");
        for n in 0..STEPS {
            let length = usize::try_from(n * 7 % 900).expect("small");
            log_event!(INFO, "step", n, padding = "x".repeat(length));
        }
    };
    if std::env::var_os("SHARED_PLACE").is_some() {
        // One of the processes.
        assert!(Process::new(&name).run(body).is_none());
        return;
    }
    let place = Place::new("eight");
    let text = place.0.to_str().expect("plain").to_owned();
    let ended: Vec<_> = std::thread::scope(|scope| {
        let runs: Vec<_> = (0..PROCESSES)
            .map(|_| {
                let process = Process::new(&name).env("SHARED_PLACE", &text);
                scope.spawn(move || process.run(body).expect("we are the parent"))
            })
            .collect();
        runs.into_iter()
            .map(|run| run.join().expect("no panic"))
            .collect()
    });
    for ended in ended {
        assert!(ended.succeeded(), "{ended}");
    }
    for file in ["x.log", "x.json"] {
        let records = records(place.join(file));
        assert_eq!(records.len() as u64, PROCESSES as u64 * STEPS, "{file}");
        let steps = steps_by_process(&records);
        assert_eq!(steps.len(), PROCESSES, "{file}");
        for (pid, steps) in steps {
            assert!(steps.into_iter().eq(0..STEPS), "{file}: order of {pid}");
        }
    }
}

/// What a process of the next test does, by the variable `PART`.
fn take_part(place: &Path) {
    let guard = storyline::setup("x")
        .file(place.join("x.log"))
        .start()
        .expect("starts");
    let is_victim = std::env::var("PART").expect("given by the parent") == "victim";
    let stop = place.join("stop");
    let mut n = 0_u64;
    while !stop.exists() {
        // A victim writes large batches, so that it is often killed within one.
        for _ in 0..if is_victim { 2_000 } else { 20 } {
            log_event!(INFO, "step", n, padding = "x".repeat(200));
            n += 1;
        }
        if is_victim {
            say("logged");
        } else {
            std::thread::sleep(Duration::from_millis(5));
        }
    }
    guard.flush(SOON).expect("written");
    drop(guard);
    say(&format!("count={n}"));
}

#[test]
fn a_process_that_is_killed_again_and_again_damages_no_line_of_the_others() {
    const OTHERS: usize = 7;
    const KILLS: usize = 12;
    if let Some(place) = std::env::var_os("KILLING_PLACE") {
        return take_part(Path::new(&place));
    }
    let place = Place::new("killing");
    let name = concat!(
        module_path!(),
        "::a_process_that_is_killed_again_and_again_damages_no_line_of_the_others"
    );
    let name = name.split_once("::").expect("the crate in front").1;
    let start = |part: &str| -> Child {
        Command::new(std::env::current_exe().expect("this binary has a path"))
            .args([name, "--exact", "--nocapture", "--test-threads=1"])
            .env("KILLING_PLACE", &place.0)
            .env("PART", part)
            .env_remove("STORYLINE_LOG")
            .env_remove("RUST_LOG")
            .stdout(Stdio::piped())
            .spawn()
            .expect("this binary starts")
    };
    let others: Vec<_> = (0..OTHERS).map(|_| start("other")).collect();
    let mut killed = Vec::new();
    for kill in 0..KILLS {
        let mut victim = start("victim");
        killed.push(victim.id());
        // It has logged something; then some moment in between.
        let mut said = BufReader::new(victim.stdout.take().expect("piped"));
        let mut line = String::new();
        while !line.contains("logged") {
            line.clear();
            let read = said.read_line(&mut line).expect("a pipe of ours");
            assert!(read > 0, "the victim ended by itself");
        }
        std::thread::sleep(Duration::from_millis(3 * kill as u64));
        victim.kill().expect("a child of ours");
        victim.wait().expect("a child of ours");
    }
    std::fs::write(place.join("stop"), "").expect("written");
    let mut counts = BTreeMap::new();
    for other in others {
        let pid = other.id();
        let output = other.wait_with_output().expect("a child of ours");
        let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{stdout}");
        let count = stdout.split("count=").nth(1).expect("said");
        let count: u64 = count
            .split_whitespace()
            .next()
            .and_then(|it| it.parse().ok())
            .expect("a number");
        counts.insert(pid, count);
    }
    // One more start, for what the last victim has left; it stops at once.
    let last = start("other").wait_with_output().expect("a child of ours");
    assert!(last.status.success());

    let (cut, whole): (Vec<_>, Vec<_>) = lines(place.join("x.log"))
        .into_iter()
        .partition(|line| line.ends_with("…(cut)"));
    let bare = cut.iter().filter(|line| line.starts_with('…')).count();
    assert_eq!(bare, 0, "marks where nothing was cut");
    assert!(cut.len() <= KILLS, "more cut lines than kills: {cut:?}");
    let records: Vec<_> = whole.iter().map(|line| record(line)).collect();
    let steps = steps_by_process(&records);
    for (pid, count) in counts {
        let steps = steps.get(&pid).map(Vec::as_slice).unwrap_or_default();
        let is_whole = steps.iter().copied().eq(0..count);
        assert!(is_whole, "{pid}: {} of {count}", steps.len());
    }
    for pid in &killed {
        let steps = steps.get(pid).expect("it wrote before it was killed");
        let is_whole = steps.iter().copied().eq(0..steps.len() as u64);
        assert!(
            is_whole,
            "victim {pid}: a gap, a double or a step out of order"
        );
    }
    let told = records.iter().filter(|it| it.event == "process_died");
    let mut told: Vec<_> = told.map(|it| number(it, "died_pid")).collect();
    told.sort_unstable();
    killed.sort_unstable();
    assert!(
        told.iter()
            .copied()
            .eq(killed.iter().copied().map(u64::from)),
        "each death is told once: {told:?} of {killed:?}"
    );
}
