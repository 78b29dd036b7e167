//! Before anything is logged: what dead processes have left is written.

use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use super::recorder::{Plan, log_of};
use crate::backend::Notice;
use crate::flight::{self, DeadProcess, Log, Recorder};
use crate::level::Level;
use crate::scrub;
use crate::sink::{self, Parts};
use crate::sys;

/// What happened; told once logging works.
#[derive(Debug, Default)]
pub(super) struct Recovered {
    found: Vec<DeadProcess>,
    problems: Vec<String>,
}

impl Recovered {
    pub(super) fn notices(self) -> Vec<Notice> {
        let mut notices = Vec::new();
        for found in self.found {
            notices.push(Notice {
                event: "process_died",
                fields: found.fields(),
                told_in: found.told_in,
            });
        }
        for problem in self.problems {
            let fields = [("reason", problem)];
            notices.push(Notice::of_texts("recovery_incomplete", fields));
        }
        notices
    }
}

/// What [`recover`](fn@crate::recover) has done.
///
/// ```
/// let done = storyline::recover("/dev/shm/storyline-nobody")?;
/// for it in &done.processes {
///     println!("{} pid {}: {} records written, {} wait", it.service, it.pid, it.written, it.waiting);
/// }
/// for problem in &done.problems {
///     println!("{problem}");
/// }
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Recovery {
    /// The dead processes that had left something.
    pub processes: Vec<DeadProcess>,
    /// What could not be recovered, and why.
    pub problems: Vec<String>,
}

/// Writes what dead processes have left in a recorder's directory into their log files, as the next
/// [`start`](crate::Setup::start) of the same log does by itself; `storyline recover` is this.
///
/// Each death is told in the log files it is about, as `process_died`, and what a process had lost and could not
/// say any more as `records_dropped` with `recovered=true`. Processes that live are left alone. A log whose format
/// is one of your own is written on as lines. It may be interrupted at any moment and called again.
///
/// # Errors
///
/// When the directory cannot be read, is not this user's, or is open to others, or no thread can be made to do
/// it on. What is wrong with single files is in the answer.
///
/// ```
/// let left = storyline::recover("/dev/shm/storyline-nobody")?;
/// assert!(left.processes.is_empty());
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn recover(directory: impl AsRef<Path>) -> io::Result<Recovery> {
    let directory = directory.as_ref();
    let mut outcome = Ok(Recovery::default());
    without_signals(&mut || outcome = recover_in(directory))?;
    outcome
}

/// Runs it on a thread of its own, which no signal reaches: a write that meets the size limit of the process
/// must fail there, where on the caller's thread SIGXFSZ would end the process.
fn without_signals(run: &mut (dyn FnMut() + Send)) -> io::Result<()> {
    thread::scope(|scope| {
        let builder = thread::Builder::new().name("storyline".to_owned());
        let started = builder.spawn_scoped(scope, || {
            sys::signals::block_all();
            run();
        })?;
        if let Err(panic) = started.join() {
            resume_unwind(panic);
        }
        Ok(())
    })
}

fn recover_in(directory: &Path) -> io::Result<Recovery> {
    let mut problems = Vec::new();
    let mut unopened = Vec::new();
    let mut destination = |log: &Log, run: &mut dyn FnMut(&mut Parts)| {
        // What kind of log it was is not known; what is removed here next must be on the disk.
        let output = sink::file(&log.path)
            .durable(Duration::MAX, Level::Critical)
            .mode(log.mode)
            .format_boxed(scrub::of_label(&log.format));
        match output.open() {
            Ok(mut parts) => {
                let is_file = log_of(&mut parts).is_some();
                if is_file {
                    run(&mut parts);
                } else {
                    let path = log.path.display();
                    unopened.push(format!(
                        "`{path}` is no file any more: move away what is there"
                    ));
                }
                is_file
            }
            Err(error) => {
                unopened.push(error.to_string());
                false
            }
        }
    };
    let processes = flight::recover(directory, &mut destination, &mut problems)?;
    problems.append(&mut unopened);
    Ok(Recovery {
        processes,
        problems,
    })
}

/// Writes what dead processes have left for the log files among these sinks.
pub(super) fn recover_own(plan: &Plan, parts: &mut [Parts]) -> Recovered {
    let logs: Vec<Log> = parts.iter_mut().filter_map(log_of).collect();
    let places = places(&plan.recorder, &logs);
    if places.is_empty() {
        return Recovered::default();
    }
    let mut recovered = Recovered::default();
    if let Err(error) = without_signals(&mut || recovered = recover_from(&places, parts)) {
        let problem = format!("no thread to recover on: {error}");
        recovered.problems.push(problem);
    }
    recovered
}

fn recover_from(places: &[PathBuf], parts: &mut [Parts]) -> Recovered {
    let mut recovered = Recovered::default();
    for place in places {
        let problems = &mut recovered.problems;
        match flight::recover(place, &mut |log, run| find(parts, log, run), problems) {
            Ok(found) => recovered.found.extend(found),
            Err(error) => problems.push(error.to_string()),
        }
    }
    recovered
}

/// Where an earlier process may have recorded: in the places of this one, and beside each log.
fn places(recorder: &Recorder, logs: &[Log]) -> Vec<PathBuf> {
    let usual = Recorder::default();
    let mut places: Vec<PathBuf> = Vec::new();
    for log in logs {
        let all = recorder.places(&log.path).into_iter();
        for place in all.chain(usual.places(&log.path)) {
            if !places.contains(&place) {
                places.push(place);
            }
        }
    }
    places
}

fn find(parts: &mut [Parts], log: &Log, run: &mut dyn FnMut(&mut Parts)) -> bool {
    for parts in parts {
        let file = parts.sink.as_file().filter(|file| file.is_regular());
        if file.is_some_and(|file| is_same(file.path(), &log.path)) {
            run(parts);
            return true;
        }
    }
    false
}

/// Whether two paths lead to one file: through a link in each release, say, to the same directory.
fn is_same(own: &Path, other: &Path) -> bool {
    let file = |path| fs::metadata(path).map(|it| (it.dev(), it.ino()));
    own == other || file(own).is_ok_and(|own| file(other).is_ok_and(|it| it == own))
}
