//! A file that is appended to. Batches of whole lines, one write each under a lock, so that several
//! processes may share it and each finds what another has left torn. A file or directory that disappears, or
//! is moved away, is made again with the next batch; a disk that is full costs the records that do not fit and
//! leaves no torn line behind.

mod durable;
mod open;

use core::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use durable::Syncs;
use open::{Appended, Open, identity, links};

use super::{Batch, Journal, OpenError, Output, Sink, Target, WriteError};

/// The mode of a file we create, unless told otherwise: the group may read, nobody else.
const DEFAULT_MODE: u32 = 0o640;

/// A log file. Made by [`file`](super::file).
pub struct File {
    path: PathBuf,
    mode: u32,
    open: Option<Open>,
    /// Where it is noted what is about to be written.
    journal: Option<Box<dyn Journal>>,
    syncs: Syncs,
}

impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("File")
            .field("path", &self.path)
            .field("mode", &self.mode)
            .finish_non_exhaustive()
    }
}

impl Output<File> {
    /// The permissions of a file that is created, less the process's umask. Without it 0640. An
    /// existing file keeps what it has.
    pub fn mode(mut self, mode: u32) -> Self {
        self.kind.mode = mode;
        self
    }
}

impl File {
    pub(crate) fn new(path: PathBuf) -> Self {
        Self {
            path,
            mode: DEFAULT_MODE,
            open: None,
            journal: None,
            syncs: Syncs::default(),
        }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Opens the file at start, so that a path that cannot work is an error there and then.
    pub(crate) fn open_now(&mut self) -> Result<(), OpenError> {
        if self.path.as_os_str().is_empty() {
            return Err(OpenError::NoName);
        }
        // The working directory may change later; what was meant is meant now.
        if let Ok(absolute) = std::path::absolute(&self.path) {
            self.path = absolute;
        }
        if let Some(directory) = self.directory() {
            fs::create_dir_all(directory).map_err(|source| OpenError::Directory {
                path: directory.to_owned(),
                source,
            })?;
        }
        if self.path.is_dir() {
            return Err(OpenError::FileIsDirectory(self.path.clone()));
        }
        self.open().map_err(|source| OpenError::File {
            path: self.path.clone(),
            source,
        })
    }

    fn directory(&self) -> Option<&Path> {
        self.path
            .parent()
            .filter(|parent| !parent.as_os_str().is_empty())
    }

    /// Whether it is a file in the narrow sense, which keeps what is written.
    pub(crate) fn is_regular(&self) -> bool {
        self.open.as_ref().is_some_and(|open| open.is_regular)
    }

    /// The permissions the file is created with.
    pub(crate) fn mode(&self) -> u32 {
        self.mode
    }

    /// Takes a note of each batch there from now on.
    pub(crate) fn set_journal(&mut self, journal: Option<Box<dyn Journal>>) {
        self.journal = journal;
    }

    /// Opens the file anew, for a process that was forked from the one that opened it. What does not work
    /// now is tried again with the next batch.
    pub(crate) fn reopen(&mut self) {
        self.journal = None;
        self.open = None;
        self.syncs.renew();
        let _ = self.open();
    }

    fn open(&mut self) -> io::Result<()> {
        self.open = Some(self.open_path()?);
        Ok(())
    }

    fn open_path(&self) -> io::Result<Open> {
        match Open::new(&self.path, self.mode) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                if let Some(directory) = self.directory() {
                    fs::create_dir_all(directory)?;
                }
                Open::new(&self.path, self.mode)
            }
            outcome => outcome,
        }
    }

    /// Whether what is open can be found by some name, as when it was moved away.
    fn has_name(&self) -> bool {
        let mut open = self.open.iter().filter(|open| open.is_regular);
        open.any(|open| open.file.metadata().is_ok_and(|it| links(&it) > 0))
    }

    /// Whether what is open has no name any more: nobody will ever read what is written there.
    fn is_gone(&self) -> bool {
        let Some(open) = self.open.as_ref().filter(|open| open.is_regular) else {
            return false;
        };
        // A path such as /dev/stdout may lead to something without a name of its own.
        open.file.metadata().is_ok_and(|it| links(&it) == 0)
            && fs::metadata(&self.path).map_or(true, |it| identity(&it) != open.identity)
    }

    /// One write of the whole batch, to what the path names. The number of bytes that arrived goes with an
    /// error.
    fn append(&mut self, batch: &Batch<'_>) -> Result<(), (usize, io::Error)> {
        let journal = self.journal.as_deref_mut();
        if let Some(open) = &mut self.open
            && open.append(Some(&self.path), batch, journal)? == Appended::Whole
        {
            return Ok(());
        }
        match self.open_path() {
            Ok(open) => {
                self.close();
                self.open = Some(open);
            }
            // Where only others may make files, who has moved this one makes the next one, a moment later.
            Err(_) if self.has_name() => {}
            Err(error) => return Err((0, error)),
        }
        let journal = self.journal.as_deref_mut();
        match &mut self.open {
            // Not asked again for what the path names: on a file system whose numbers change it would never end.
            Some(open) => open.append(None, batch, journal).map(drop),
            None => Err((0, io::ErrorKind::NotFound.into())),
        }
    }

    /// Behind the look whether the file is gone: a death before it finds the intent, and writes what was in it.
    /// What a failed write has left in the file is told by looking at it.
    fn settle(&mut self) {
        if self.is_regular()
            && let Some(journal) = &mut self.journal
        {
            journal.settle();
        }
    }

    /// The bytes of a file from an offset on: of the open one, or, when that is another, of whichever in the
    /// same directory is meant. Nothing when it is gone.
    pub(crate) fn tail_of(&mut self, target: Target, most: u64) -> io::Result<Vec<u8>> {
        use std::io::{Read, Seek, SeekFrom};

        let wanted = (target.device, target.inode);
        if self.open.is_none() {
            self.open()?;
        }
        let named = self
            .open
            .as_ref()
            .is_some_and(|open| open.identity == wanted)
            .then(|| self.path.clone());
        // A rotation may have moved it away in between.
        let moved = || {
            let entries = fs::read_dir(self.directory()?).ok()?;
            let mut paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
            paths.find(|path| fs::metadata(path).is_ok_and(|it| identity(&it) == wanted))
        };
        let Some(path) = named.or_else(moved) else {
            return Ok(Vec::new());
        };
        let mut file = &fs::File::open(path)?;
        file.seek(SeekFrom::Start(target.offset))?;
        let mut tail = Vec::new();
        file.take(most).read_to_end(&mut tail)?;
        Ok(tail)
    }
}

impl Sink for File {
    fn write(&mut self, batch: Batch<'_>) -> Result<(), WriteError> {
        let mut outcome = self.append(&batch);
        if self.is_gone() {
            // The name went away while we wrote: the batch goes into a new file, whole.
            self.open = None;
            self.syncs.forget_written();
            outcome = self.append(&batch);
        }
        let Err((written, source)) = outcome else {
            self.settle();
            self.wrote(batch.highest());
            return Ok(());
        };
        let whole = batch.whole_records(written);
        if whole > 0 {
            self.wrote(batch.highest());
        }
        if !is_full(&source) {
            // Whatever is wrong with what is open, it is not lack of room: start afresh next time.
            self.close();
        }
        Err(WriteError::new(whole, source))
    }

    fn flush(&mut self) -> io::Result<()> {
        // A write has reached the system when it returns; only who asked for more waits for the disk.
        self.flush_onto_disk()
    }

    fn as_file(&mut self) -> Option<&mut File> {
        Some(self)
    }
}

fn is_full(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge
    )
}

#[cfg(test)]
mod tests;
