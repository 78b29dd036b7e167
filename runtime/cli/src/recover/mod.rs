//! `storyline recover`: what killed processes had logged and not yet written goes into their log files.

mod names;
mod places;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;
use storyline::Recovery;

use self::names::sessions_in;
use self::places::{MEMORY, Places, user};
use crate::error::Error;
use crate::json;
use crate::show::clean;

/// What was done in all places that a path stands for.
pub(crate) struct Recovered {
    places: Places,
    recovery: Recovery,
    /// Processes that have something there and live.
    living: usize,
}

impl Recovered {
    /// Recovers what a path stands for; without one, what is in the usual place of this user.
    pub(crate) fn at(path: Option<&Path>) -> Result<Self, Error> {
        let places = Places::of(path, user()?, Path::new(MEMORY))?;
        let mut recovery = Recovery::default();
        for directory in &places.own {
            match storyline::recover(directory) {
                Ok(mut found) => {
                    recovery.processes.append(&mut found.processes);
                    recovery.problems.append(&mut found.problems);
                }
                // Only the system's own words do not say where.
                Err(source) if source.raw_os_error().is_some() => {
                    let error = places::unreadable(directory, source);
                    recovery.problems.push(error.to_string());
                }
                Err(error) => recovery.problems.push(error.to_string()),
            }
        }
        let living = if recovery.problems.is_empty() {
            places.own.iter().map(|it| sessions_in(it)).sum()
        } else {
            0
        };
        Ok(Self {
            places,
            recovery,
            living,
        })
    }

    pub(crate) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let processes = &self.recovery.processes;
        if processes.is_empty() && self.recovery.problems.is_empty() {
            let places = self.places.own.iter();
            let places: Vec<_> = places.map(|it| it.display().to_string()).collect();
            if !places.is_empty() {
                writeln!(out, "nothing to recover in {}", clean(&places.join(", ")))?;
            }
        }
        for process in processes {
            write!(
                out,
                "{} pid {}: {} records recovered",
                clean(&process.service),
                process.pid,
                process.written
            )?;
            if process.damaged > 0 {
                write!(out, ", {} damaged", process.damaged)?;
            }
            if process.waiting > 0 {
                write!(out, ", {} waiting", process.waiting)?;
            }
            writeln!(
                out,
                "{}",
                if process.is_done {
                    ""
                } else {
                    ", not all of it"
                }
            )?;
            for (path, written) in &process.files {
                let path = path.display().to_string();
                writeln!(out, "  {written} into {}", clean(&path))?;
            }
        }
        match self.living {
            0 => {}
            1 => writeln!(out, "1 process lives and was left alone")?,
            n => writeln!(out, "{n} processes live and were left alone")?,
        }
        for foreign in &self.places.others {
            writeln!(out, "{}", clean(&foreign.advice()))?;
        }
        Ok(())
    }

    pub(crate) fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        let processes = self.recovery.processes.iter();
        let processes = processes.map(|it| Process {
            service: &it.service,
            pid: it.pid,
            written: it.written,
            damaged: it.damaged,
            waiting: it.waiting,
            is_done: it.is_done,
            files: it.files.iter().map(written_to).collect(),
        });
        let others = self.places.others.iter().map(|it| Other {
            directory: text_of(&it.directory),
            uid: it.uid,
        });
        let document = Document {
            directories: self.places.own.iter().map(|it| text_of(it)).collect(),
            processes: processes.collect(),
            problems: &self.recovery.problems,
            living: self.living,
            others: others.collect(),
        };
        json::write(&document, out)
    }

    /// Fails when something could not be recovered.
    pub(crate) fn expect_all(&self) -> Result<(), Error> {
        match self.recovery.problems.as_slice() {
            [] => Ok(()),
            problems => Err(Error::Unrecovered(problems.to_vec())),
        }
    }
}

fn written_to((path, written): &(PathBuf, u64)) -> WrittenTo {
    WrittenTo {
        path: text_of(path),
        written: *written,
    }
}

fn text_of(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

#[derive(Serialize)]
struct Document<'a> {
    directories: Vec<String>,
    processes: Vec<Process<'a>>,
    problems: &'a [String],
    living: usize,
    others: Vec<Other>,
}

#[derive(Serialize)]
struct Process<'a> {
    service: &'a str,
    pid: u32,
    written: u64,
    damaged: u64,
    waiting: u64,
    is_done: bool,
    files: Vec<WrittenTo>,
}

#[derive(Serialize)]
struct WrittenTo {
    path: String,
    written: u64,
}

/// A directory of another user, which was not looked into.
#[derive(Serialize)]
struct Other {
    directory: String,
    uid: u32,
}
