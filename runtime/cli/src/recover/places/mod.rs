//! Where dead processes may have left something: what is meant by the path that was given, or by none.

use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::names::{is_recorders, is_recorders_name, names_in, user_of};
use crate::error::Error;

/// Memory that outlives a process: where recorders are unless told otherwise.
pub(super) const MEMORY: &str = "/dev/shm";

/// Directories of recorders.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Places {
    /// Of this user: to recover.
    pub(super) own: Vec<PathBuf>,
    /// Of others, who alone may recover them: to name.
    pub(super) others: Vec<Foreign>,
}

/// The directory of another user's recorder.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Foreign {
    pub(super) directory: PathBuf,
    pub(super) uid: u32,
}

/// This user, as the system knows it.
pub(super) fn user() -> Result<u32, Error> {
    let of_process = fs::metadata("/proc/self").map_err(|source| Error::Input {
        name: "/proc/self".to_owned(),
        act: "open",
        source,
    })?;
    Ok(of_process.uid())
}

impl Places {
    /// The places that a path stands for: a recorder's directory, a log, or a directory of logs; without one,
    /// the usual place of this user.
    pub(super) fn of(path: Option<&Path>, user: u32, memory: &Path) -> Result<Self, Error> {
        let usual = memory.join(format!("storyline-{user}"));
        let Some(path) = path else {
            return Ok(Self {
                own: vec![usual],
                others: recorders_in(memory, "storyline-", user).others,
            });
        };
        let metadata = fs::metadata(path).map_err(|source| unreadable(path, source))?;
        if metadata.is_dir() {
            return Self::of_directory(path, &metadata, user, &usual);
        }
        let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
        let mut places = recorders_in(folder.unwrap_or(Path::new(".")), ".storyline-", user);
        places.own.insert(0, usual);
        let of_writer = Foreign {
            directory: memory.join(format!("storyline-{}", metadata.uid())),
            uid: metadata.uid(),
        };
        if of_writer.uid != user && of_writer.may_hold_some() {
            places.others.insert(0, of_writer);
        }
        Ok(places)
    }

    fn of_directory(
        path: &Path,
        metadata: &fs::Metadata,
        user: u32,
        usual: &Path,
    ) -> Result<Self, Error> {
        let names = match names_in(path) {
            Err(source) if metadata.uid() == user => return Err(unreadable(path, source)),
            outcome => outcome,
        };
        let is_recorder = names.as_ref().map_or(true, |names| {
            names.is_empty() || is_recorders_name(path) || names.iter().any(|it| is_recorders(it))
        });
        if !is_recorder {
            let beside = recorders_in(path, ".storyline-", user);
            if beside == Self::default() {
                return Err(refused(format!(
                    "`{}` holds no recorder files: `recover` takes a recorder's directory, usually `{}`, or the \
                     path of a log",
                    path.display(),
                    usual.display()
                )));
            }
            if beside.own.is_empty() {
                let advice = beside.others.iter().map(Foreign::advice).collect();
                return Err(Error::Unrecovered(advice));
            }
            return Ok(beside);
        }
        if metadata.uid() != user {
            let foreign = Foreign {
                directory: path.to_owned(),
                uid: metadata.uid(),
            };
            return Err(refused(foreign.advice()));
        }
        let others = metadata.mode() & 0o077;
        if others != 0 {
            return Err(refused(format!(
                "`{}` is open to other users (mode {:03o}), so they may have changed what is in it: look at who owns \
                 each file before you close it to them (mode 700) and recover it",
                path.display(),
                metadata.mode() & 0o777
            )));
        }
        Ok(Self {
            own: vec![path.to_owned()],
            others: Vec::new(),
        })
    }
}

impl Foreign {
    /// What to do about it, in a sentence.
    pub(super) fn advice(&self) -> String {
        let Self { directory, uid } = self;
        let directory = directory.display();
        let is_usual = *self.directory == *Path::new(MEMORY).join(format!("storyline-{uid}"));
        let argument = if is_usual {
            String::new()
        } else {
            format!(" {directory}")
        };
        format!(
            "`{directory}` belongs to uid {uid}: recover it as that user: `sudo -u '#{uid}' storyline recover{argument}`"
        )
    }

    /// Whether records may be in it: always where we may not look.
    fn may_hold_some(&self) -> bool {
        match names_in(&self.directory) {
            Ok(names) => names.iter().any(|it| is_recorders(it)),
            Err(error) => error.kind() == io::ErrorKind::PermissionDenied,
        }
    }
}

/// The recorders' directories with names of this kind, a user's number behind it.
fn recorders_in(folder: &Path, prefix: &str, user: u32) -> Places {
    let mut places = Places::default();
    // Where nothing can be listed, there is nothing to add to what was asked for.
    for name in names_in(folder).unwrap_or_default() {
        if user_of(&name, prefix).is_none() {
            continue;
        }
        let directory = folder.join(&name);
        let Ok(metadata) = fs::symlink_metadata(&directory) else {
            continue;
        };
        if !metadata.is_dir() {
            continue;
        }
        let foreign = Foreign {
            directory,
            uid: metadata.uid(),
        };
        if foreign.uid == user {
            places.own.push(foreign.directory);
        } else if foreign.may_hold_some() {
            places.others.push(foreign);
        }
    }
    places
}

pub(super) fn unreadable(path: &Path, source: io::Error) -> Error {
    Error::Input {
        name: path.display().to_string(),
        act: "recover what is in",
        source,
    }
}

fn refused(text: String) -> Error {
    Error::Unrecovered(vec![text])
}

#[cfg(test)]
mod tests;
