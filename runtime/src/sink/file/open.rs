//! An open log file: one write of whole lines under a lock, and no torn line after it.

use std::fs;
use std::io::{self, Write};
use std::os::fd::AsRawFd;
use std::os::unix::fs::{FileExt, MetadataExt, OpenOptionsExt};
use std::path::Path;
use std::time::{Duration, Instant};

use crate::sink::{Batch, Journal, Target};
use crate::sys::lock;

/// The byte that is locked for the time of a write. So far behind the end of any file, it disturbs
/// nobody who locks what is in it.
const WRITER: i64 = i64::MAX - 1;

/// How long another process may hold the lock: a write is short, and a process that was stopped in the
/// middle of one must not stop the others.
const PATIENCE: Duration = Duration::from_millis(100);

/// What closes a line that its writer did not live to finish.
const CUT: &[u8] = "…(cut)\n".as_bytes();

/// A file while it is open.
pub(super) struct Open {
    pub(super) file: fs::File,
    pub(super) identity: Identity,
    /// A pipe or a device has no length, no lines of others and nothing to recover.
    pub(super) is_regular: bool,
    /// How long the file was when we last wrote, and whether that ended inside a line. What is longer now
    /// others have written.
    pub(super) end: u64,
    pub(super) is_torn: bool,
    /// Nobody who knows our lock writes at this moment. A process that was stopped while it held it, and a file
    /// system without locks, keep nobody from writing.
    pub(super) is_locked: bool,
}

/// What makes two files the same one.
pub(super) type Identity = (u64, u64);

/// What became of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Appended {
    /// It is written.
    Whole,
    /// Nothing is: the path names another file by now, or none.
    Moved,
}

/// Bytes that arrived, and what went wrong after them.
type Failure = (usize, io::Error);

impl Open {
    pub(super) fn new(path: &Path, mode: u32) -> io::Result<Self> {
        let mut options = fs::OpenOptions::new();
        options.append(true).create(true);
        // A named pipe that nobody reads is an error then, where it would be waited for.
        options.mode(mode).custom_flags(libc::O_NONBLOCK);
        let file = beside_standard_streams(open_readable(&options, path)?)?;
        let metadata = file.metadata()?;
        Ok(Self {
            identity: identity(&metadata),
            is_regular: metadata.is_file(),
            file,
            end: 0,
            is_torn: false,
            is_locked: false,
        })
    }

    /// One write of the whole batch, if this is what the path names; without a path it is not asked.
    pub(super) fn append(
        &mut self,
        path: Option<&Path>,
        batch: &Batch<'_>,
        journal: Option<&mut (dyn Journal + 'static)>,
    ) -> Result<Appended, Failure> {
        if !self.is_regular {
            let named = self.metadata(path).map_err(|error| (0, error))?;
            if named.is_none() {
                return Ok(Appended::Moved);
            }
            return write_all(&mut self.file, batch.bytes()).map(|()| Appended::Whole);
        }
        self.is_locked = lock_patiently(&self.file);
        let outcome = self.append_regular(path, batch, journal);
        if self.is_locked {
            // What cannot be given back ends with the process.
            let _ = lock::unlock(&self.file, WRITER);
            self.is_locked = false;
        }
        outcome.map_err(|(written, error)| (written, never_later(error)))
    }

    /// What the path says of this file; none when it names another one, or none.
    fn metadata(&self, path: Option<&Path>) -> io::Result<Option<fs::Metadata>> {
        let Some(path) = path else {
            return self.file.metadata().map(Some);
        };
        match fs::metadata(path) {
            Ok(named) => Ok(Some(named).filter(|it| identity(it) == self.identity)),
            Err(error) if is_missing(&error) => Ok(None),
            // A process that has given up its rights may go on writing.
            Err(_) => self.file.metadata().map(Some),
        }
    }

    fn append_regular(
        &mut self,
        path: Option<&Path>,
        batch: &Batch<'_>,
        journal: Option<&mut (dyn Journal + 'static)>,
    ) -> Result<Appended, Failure> {
        let Some(metadata) = self.metadata(path).map_err(|error| (0, error))? else {
            return Ok(Appended::Moved);
        };
        let len = metadata.len();
        if len != self.end {
            // A new file, or one in which somebody else has written, who may be dead by now.
            self.is_torn = ends_inside_a_line(&self.file, len);
        }
        let mut offset = len;
        if self.is_torn {
            write_all(&mut self.file, CUT).map_err(|(_, error)| (0, error))?;
            self.is_torn = false;
            offset += CUT.len() as u64;
        }
        if let Some(journal) = journal {
            let target = Target {
                device: self.identity.0,
                inode: self.identity.1,
                offset,
            };
            journal.intend(target, batch);
        }
        self.write(batch, offset).map(|()| Appended::Whole)
    }

    fn write(&mut self, batch: &Batch<'_>, offset: u64) -> Result<(), Failure> {
        let outcome = write_all(&mut self.file, batch.bytes());
        let written = match &outcome {
            Ok(()) => batch.bytes().len(),
            Err((written, _)) => *written,
        };
        self.end = offset + written as u64;
        let torn_bytes = written - batch.start_of(batch.whole_records(written));
        if torn_bytes > 0 {
            self.repair(torn_bytes as u64);
        }
        outcome
    }

    /// Takes back the part of a line that was written before the disk was full. Without the lock another could
    /// write after it between the look and the cut, and with it somebody may have who knows nothing of our
    /// lock: then the next write closes the line.
    pub(super) fn repair(&mut self, torn_bytes: u64) {
        let end = self.end;
        let cut = || -> io::Result<bool> {
            let untouched = self.is_locked && self.file.metadata()?.len() == end;
            if untouched {
                self.file.set_len(end - torn_bytes)?;
            }
            Ok(untouched)
        };
        if cut().unwrap_or(false) {
            self.end = end - torn_bytes;
        } else {
            self.is_torn = true;
        }
    }
}

/// What would block is given again later, from memory that no recorder has: a pipe may ask for that, a file of
/// some odd system must not.
fn never_later(error: io::Error) -> io::Error {
    if error.kind() == io::ErrorKind::WouldBlock {
        return io::Error::other(error);
    }
    error
}

/// Whether a path names nothing.
fn is_missing(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

/// Without the right to read, a line that somebody left torn is not seen. A pipe is never opened to read:
/// it would count as its own reader.
fn open_readable(options: &fs::OpenOptions, path: &Path) -> io::Result<fs::File> {
    if fs::metadata(path).is_ok_and(|it| !it.is_file()) {
        return options.open(path);
    }
    match options.clone().read(true).open(path) {
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => options.open(path),
        outcome => outcome,
    }
}

/// Whether the lock was to be had; a file system without locks has none.
fn lock_patiently(file: &fs::File) -> bool {
    let mut start = None;
    loop {
        match lock::try_lock(file, WRITER) {
            Ok(true) => return true,
            Ok(false) => {}
            Err(_) => return false,
        }
        if start.get_or_insert_with(Instant::now).elapsed() >= PATIENCE {
            return false;
        }
        std::thread::sleep(Duration::from_micros(50));
    }
}

fn write_all(file: &mut fs::File, bytes: &[u8]) -> Result<(), Failure> {
    let mut written = 0;
    while written < bytes.len() {
        match file.write(&bytes[written..]) {
            Ok(0) => return Err((written, io::ErrorKind::WriteZero.into())),
            Ok(more) => written += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err((written, error)),
        }
    }
    Ok(())
}

fn ends_inside_a_line(file: &fs::File, len: u64) -> bool {
    let Some(last) = len.checked_sub(1) else {
        return false;
    };
    let mut byte = [0];
    file.read_exact_at(&mut byte, last).is_ok() && byte != *b"\n"
}

pub(super) fn identity(metadata: &fs::Metadata) -> Identity {
    (metadata.dev(), metadata.ino())
}

pub(super) fn links(metadata: &fs::Metadata) -> u64 {
    metadata.nlink()
}

/// In a program that has closed its standard streams a new file takes their numbers, and what is meant
/// for the terminal would end up in it. A duplicate never does.
fn beside_standard_streams(file: fs::File) -> io::Result<fs::File> {
    if file.as_raw_fd() <= libc::STDERR_FILENO {
        file.try_clone()
    } else {
        Ok(file)
    }
}
