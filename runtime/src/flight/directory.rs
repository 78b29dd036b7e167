//! Where recorder files live, and that nobody else's are touched: a directory of our own that only we may
//! read, files that are made new or not at all, links that are never followed.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use super::recorder::without_slash;
use crate::sys::{space, user};

/// A directory that is ours.
#[derive(Debug)]
pub(super) struct Directory {
    pub(super) path: PathBuf,
    handle: File,
}

fn is_closed_to_others(metadata: &fs::Metadata) -> bool {
    let others = 0o077;
    metadata.mode() & others == 0
}

/// Why a file is not ours alone.
fn strangeness(metadata: &fs::Metadata) -> Option<String> {
    if !metadata.is_file() {
        Some("is no regular file".to_owned())
    } else if metadata.uid() != user::effective() {
        Some(format!("belongs to uid {}", metadata.uid()))
    } else if metadata.nlink() > 1 {
        Some(format!("has {} names", metadata.nlink()))
    } else if !is_closed_to_others(metadata) {
        let mode = metadata.mode() & 0o777;
        Some(format!("is open to other users (mode {mode:03o})"))
    } else {
        None
    }
}

fn refused(path: &Path, why: &str) -> io::Error {
    io::Error::new(
        io::ErrorKind::PermissionDenied,
        format!("`{}` {why}", path.display()),
    )
}

impl Directory {
    /// Makes the directory, unless it is there; it must then be ours and closed to others.
    pub(super) fn make(path: &Path) -> io::Result<Self> {
        let made = fs::DirBuilder::new()
            .recursive(false)
            .mode(0o700)
            .create(path);
        match made {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                fs::DirBuilder::new()
                    .recursive(true)
                    .mode(0o700)
                    .create(path)?;
            }
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
            _ => {}
        }
        Self::open(path)
    }

    /// Opens a directory that is there.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let path = &without_slash(path);
        let mut options = OpenOptions::new();
        options
            .read(true)
            .custom_flags(libc::O_DIRECTORY | libc::O_NOFOLLOW);
        let handle = options
            .open(path)
            .map_err(|error| match error.raw_os_error() {
                Some(libc::ELOOP | libc::ENOTDIR) => refused(
                    path,
                    "is a link or no directory: name a directory of this user alone",
                ),
                _ => error,
            })?;
        let metadata = handle.metadata()?;
        if metadata.uid() != user::effective() {
            let owner = metadata.uid();
            return Err(refused(
                path,
                &format!(
                    "belongs to another user (uid {owner}), who alone may recover what is in it: name another place"
                ),
            ));
        }
        if !is_closed_to_others(&metadata) {
            return Err(refused(
                path,
                "is open to other users: `chmod 700` it, or name another place",
            ));
        }
        Ok(Self {
            path: path.to_owned(),
            handle,
        })
    }

    /// Bytes that are left on its file system.
    pub(super) fn free_bytes(&self) -> io::Result<u64> {
        space::free_bytes(&self.handle)
    }

    /// Makes a new file with room for `len` bytes, all zero.
    pub(super) fn create(&self, name: &str, len: usize) -> io::Result<File> {
        let path = self.path.join(name);
        let mut options = OpenOptions::new();
        options.read(true).write(true).create_new(true).mode(0o600);
        options.custom_flags(libc::O_NOFOLLOW);
        let file = options.open(&path)?;
        let allocated = space::allocate(&file, len);
        if allocated.is_err() {
            let _ = fs::remove_file(&path);
        }
        allocated.map(|()| file)
    }

    /// Opens a file of ours: a regular one with a single name, which belongs to us and to which nobody else
    /// has access.
    pub(super) fn open_file(&self, name: &str) -> io::Result<File> {
        let path = self.path.join(name);
        let mut options = OpenOptions::new();
        options.read(true).write(true);
        options.custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK);
        let file = options.open(&path)?;
        let metadata = file.metadata()?;
        match strangeness(&metadata) {
            None => Ok(file),
            Some(what) => Err(io::Error::new(
                io::ErrorKind::PermissionDenied,
                format!(
                    "{what}, so it is no recorder file of this user alone: records that may be in it are not recovered, \
                     and lost when it is removed"
                ),
            )),
        }
    }

    /// Gives a file another name.
    pub(super) fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        fs::rename(self.path.join(from), self.path.join(to))
    }

    /// Removes a file.
    pub(super) fn remove(&self, name: &str) -> io::Result<()> {
        fs::remove_file(self.path.join(name))
    }

    /// Whether something has this name.
    pub(super) fn has(&self, name: &str) -> bool {
        fs::symlink_metadata(self.path.join(name)).is_ok()
    }

    /// The names of all files.
    pub(super) fn names(&self) -> io::Result<Vec<String>> {
        let entries = fs::read_dir(&self.path)?;
        let mut names: Vec<_> = entries
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .collect();
        names.sort_unstable();
        Ok(names)
    }
}

/// The names of a session's files.
pub(super) fn head_name(session: u64) -> String {
    format!("{session:016x}.head")
}

/// A head before its owner holds it locked: nobody may take it for that of a dead process.
pub(super) fn new_name(session: u64) -> String {
    format!("{session:016x}.{}.new", std::process::id())
}

pub(super) fn sites_name(session: u64, index: u32) -> String {
    format!("{session:016x}.{index}.sites")
}

pub(super) fn ring_name(session: u64, index: u32) -> String {
    format!("{session:016x}.{index}.ring")
}

/// Whether a name is that of a head which its owner did not live to finish.
pub(super) fn is_abandoned(name: &str) -> bool {
    let owner = name.strip_suffix(".new").and_then(|it| it.split_once('.'));
    let pid = owner.and_then(|(_, pid)| pid.parse::<u32>().ok());
    pid.is_some_and(|pid| !Path::new(&format!("/proc/{pid}")).exists())
}

/// The session that a head's name stands for.
pub(super) fn session_of(name: &str) -> Option<u64> {
    let digits = name.strip_suffix(".head")?;
    (digits.len() == 16)
        .then(|| u64::from_str_radix(digits, 16).ok())
        .flatten()
}

/// The session that a ring or a file of descriptions belongs to.
pub(super) fn part_of(name: &str) -> Option<u64> {
    let session = u64::from_str_radix(name.get(..16)?, 16).ok()?;
    let is_part = |ending| index_of(name, session, ending).is_some();
    (is_part("ring") || is_part("sites")).then_some(session)
}

/// The index in the name of one of a session's other files.
pub(super) fn index_of(name: &str, session: u64, ending: &str) -> Option<u32> {
    let rest = name.strip_prefix(&format!("{session:016x}."))?;
    rest.strip_suffix(ending)?.strip_suffix('.')?.parse().ok()
}
