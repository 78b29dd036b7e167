//! `storyline recover`: what killed processes had logged and not yet written goes into their log files.

use std::io::{self, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use serde::Serialize;
use storyline::Recovery;

use crate::error::Error;
use crate::json;
use crate::show::clean;

/// What was done in a directory.
pub(crate) struct Recovered {
    directory: PathBuf,
    recovery: Recovery,
}

impl Recovered {
    /// Recovers; without a directory, in the usual one of this user.
    pub(crate) fn in_directory(directory: Option<&Path>) -> Result<Self, Error> {
        let directory = match directory {
            Some(directory) => directory.to_owned(),
            None => usual()?,
        };
        let recovery = storyline::recover(&directory).map_err(|source| Error::Input {
            name: directory.display().to_string(),
            act: "recover what is in",
            source,
        })?;
        Ok(Self {
            directory,
            recovery,
        })
    }

    pub(crate) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let processes = &self.recovery.processes;
        if processes.is_empty() && self.recovery.problems.is_empty() {
            let directory = self.directory.display().to_string();
            return writeln!(out, "nothing to recover in {}", clean(&directory));
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
            writeln!(
                out,
                "{}",
                if process.is_done {
                    ""
                } else {
                    ", not all of it"
                }
            )?;
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
            is_done: it.is_done,
        });
        let document = Document {
            directory: self.directory.to_string_lossy().into_owned(),
            processes: processes.collect(),
            problems: &self.recovery.problems,
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

#[derive(Serialize)]
struct Document<'a> {
    directory: String,
    processes: Vec<Process<'a>>,
    problems: &'a [String],
}

#[derive(Serialize)]
struct Process<'a> {
    service: &'a str,
    pid: u32,
    written: u64,
    damaged: u64,
    is_done: bool,
}

/// The recorder's usual directory, as a process of this user makes it.
fn usual() -> Result<PathBuf, Error> {
    let of_process = std::fs::metadata("/proc/self").map_err(|source| Error::Input {
        name: "/proc/self".to_owned(),
        act: "open",
        source,
    })?;
    Ok(PathBuf::from(format!(
        "/dev/shm/storyline-{}",
        of_process.uid()
    )))
}
