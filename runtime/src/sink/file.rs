//! A file that is appended to. Batches of whole lines, one write each, so that several processes may
//! share it. A file or directory that disappears is made again; a disk that is full costs the records
//! that do not fit and leaves no torn line behind.

use std::fs;
use std::io::{self, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::{Batch, Output, Sink, WriteError};
use crate::setup::SetupError;
use crate::sys::lock;

/// How often the path is compared with what is open.
const LOOK: Duration = Duration::from_secs(1);

/// The mode of a file we create, unless told otherwise: the group may read, nobody else.
const DEFAULT_MODE: u32 = 0o640;

/// A log file. Made by [`file`](super::file).
#[derive(Debug)]
pub struct File {
    path: PathBuf,
    mode: u32,
    open: Option<Open>,
    /// The file we last wrote to may end inside a line.
    torn: bool,
    looked: Instant,
}

#[derive(Debug)]
struct Open {
    file: fs::File,
    identity: Identity,
}

/// What makes two files the same one.
type Identity = (u64, u64);

impl Output<File> {
    /// The permissions of a file that is created, less the process's umask. Without it 0640. An
    /// existing file keeps what it has.
    pub fn mode(mut self, mode: u32) -> Self {
        self.kind.mode = mode;
        self
    }
}

impl File {
    pub(super) fn new(path: PathBuf) -> Self {
        Self {
            path,
            mode: DEFAULT_MODE,
            open: None,
            torn: false,
            looked: Instant::now(),
        }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Opens the file at start, so that a path that cannot work is an error there and then.
    pub(super) fn open_now(&mut self) -> Result<(), SetupError> {
        // The working directory may change later; what was meant is meant now.
        if let Ok(absolute) = std::path::absolute(&self.path) {
            self.path = absolute;
        }
        if let Some(directory) = self.directory() {
            fs::create_dir_all(directory)
                .map_err(|source| SetupError::directory(directory, source))?;
        }
        if self.path.is_dir() {
            return Err(SetupError::file_is_directory(&self.path));
        }
        self.open()
            .map_err(|source| SetupError::file(&self.path, source))
    }

    fn directory(&self) -> Option<&Path> {
        self.path
            .parent()
            .filter(|parent| !parent.as_os_str().is_empty())
    }

    fn open(&mut self) -> io::Result<()> {
        let mut options = fs::OpenOptions::new();
        options.append(true).create(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            // A named pipe that nobody reads is an error then, where it would be waited for.
            options.mode(self.mode).custom_flags(libc::O_NONBLOCK);
        }
        let file = match options.open(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                if let Some(directory) = self.directory() {
                    fs::create_dir_all(directory)?;
                }
                options.open(&self.path)?
            }
            outcome => outcome?,
        };
        let file = beside_standard_streams(file)?;
        // Each process that writes here says so; who finds itself alone may cut a torn line off.
        // A file system without such locks leaves us in the company of everybody.
        let _ = lock::share(&file);
        let metadata = file.metadata()?;
        // What another process left torn is closed before we append to it.
        self.torn = metadata.is_file() && ends_inside_a_line(&self.path, metadata.len());
        self.open = Some(Open {
            identity: identity(&metadata),
            file,
        });
        self.looked = Instant::now();
        Ok(())
    }

    /// Closes a file that the path no longer names.
    fn look(&mut self) {
        self.looked = Instant::now();
        let named = fs::metadata(&self.path).ok().map(|it| identity(&it));
        if self.open.as_ref().map(|open| open.identity) != named {
            self.open = None;
        }
    }

    /// Whether what is open has no name any more: nobody will ever read what is written there.
    fn is_gone(&self) -> bool {
        let Some(open) = &self.open else { return false };
        // A path such as /dev/stdout may lead to something without a name of its own.
        open.file.metadata().is_ok_and(|it| links(&it) == 0)
            && fs::metadata(&self.path).map_or(true, |it| identity(&it) != open.identity)
    }

    /// One write of the whole batch. The number of bytes that arrived goes with an error.
    fn append(&mut self, bytes: &[u8]) -> Result<(), (usize, io::Error)> {
        if self.open.is_none() {
            self.open().map_err(|error| (0, error))?;
        }
        let torn = self.torn;
        let Some(open) = &mut self.open else {
            return Err((0, io::ErrorKind::NotFound.into()));
        };
        if torn {
            write_all(&mut open.file, b"\n")?;
            self.torn = false;
        }
        write_all(&mut open.file, bytes)
    }

    /// Takes back the part of a line that was written before the disk was full, when nobody else
    /// writes here; else the next write closes it with a newline.
    fn repair(&mut self, torn_bytes: usize) {
        let Some(open) = &mut self.open else { return };
        let cut = || -> io::Result<bool> {
            if !lock::alone(&open.file)? {
                return Ok(false);
            }
            // Behind an append the position is the end of what we wrote. Someone without our locks
            // may have written since; then the end is not ours to cut.
            let end = open.file.stream_position()?;
            let untouched = open.file.metadata()?.len() == end;
            if untouched {
                open.file.set_len(end - torn_bytes as u64)?;
            }
            Ok(untouched)
        };
        let mut cut = cut;
        let was_cut = cut().unwrap_or(false);
        let _ = lock::share(&open.file);
        self.torn = !was_cut;
    }
}

fn write_all(file: &mut fs::File, bytes: &[u8]) -> Result<(), (usize, io::Error)> {
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

fn ends_inside_a_line(path: &Path, len: u64) -> bool {
    use std::io::Read;

    let Some(last) = len.checked_sub(1) else {
        return false;
    };
    let mut byte = [0];
    let read = fs::File::open(path).and_then(|mut file| {
        file.seek(io::SeekFrom::Start(last))?;
        file.read_exact(&mut byte)
    });
    read.is_ok() && byte != *b"\n"
}

#[cfg(unix)]
fn identity(metadata: &fs::Metadata) -> Identity {
    use std::os::unix::fs::MetadataExt;
    (metadata.dev(), metadata.ino())
}

#[cfg(unix)]
fn links(metadata: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::nlink(metadata)
}

/// Elsewhere a file that is open cannot disappear.
#[cfg(not(unix))]
fn identity(_: &fs::Metadata) -> Identity {
    (0, 0)
}

#[cfg(not(unix))]
fn links(_: &fs::Metadata) -> u64 {
    1
}

impl Sink for File {
    fn write(&mut self, batch: Batch<'_>) -> Result<(), WriteError> {
        if self.looked.elapsed() >= LOOK {
            self.look();
        }
        let mut outcome = self.append(batch.bytes());
        if self.is_gone() {
            // The name went away before or while we wrote: the batch goes into a new file, whole.
            self.open = None;
            outcome = self.append(batch.bytes());
        }
        let Err((written, source)) = outcome else {
            return Ok(());
        };
        let whole = batch.whole_records(written);
        let torn_bytes = written - batch.start_of(whole);
        if torn_bytes > 0 {
            self.repair(torn_bytes);
        }
        if !is_full(&source) {
            // Whatever is wrong with what is open, it is not lack of room: start afresh next time.
            self.open = None;
        }
        Err(WriteError::new(whole, source))
    }

    fn flush(&mut self) -> io::Result<()> {
        // A write has reached the system when it returns; nothing is held back here.
        Ok(())
    }
}

fn is_full(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge
    )
}

/// In a program that has closed its standard streams a new file takes their numbers, and what is meant
/// for the terminal would end up in it. A duplicate never does.
#[cfg(unix)]
fn beside_standard_streams(file: fs::File) -> io::Result<fs::File> {
    use std::os::fd::AsRawFd;
    if file.as_raw_fd() <= libc::STDERR_FILENO {
        file.try_clone()
    } else {
        Ok(file)
    }
}

#[cfg(not(unix))]
fn beside_standard_streams(file: fs::File) -> io::Result<fs::File> {
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(name: &str) -> PathBuf {
        let place = std::env::temp_dir().join(format!("storyline-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&place);
        place
    }

    fn write(file: &mut File, text: &str) -> Result<(), WriteError> {
        let mut ends: Vec<usize> = Vec::new();
        ends.extend(text.match_indices('\n').map(|(at, _)| at + 1));
        file.write(Batch::new(text.as_bytes(), &ends))
    }

    #[test]
    fn a_deleted_file_and_a_deleted_directory_are_made_again() {
        let place = place("again");
        let path = place.join("deep/er/a.log");
        let mut file = File::new(path.clone());
        file.open_now().expect("a fresh directory");
        write(&mut file, "one\n").expect("written");
        fs::remove_file(&path).expect("removed");
        write(&mut file, "two\n").expect("written");
        assert_eq!(fs::read_to_string(&path).expect("there"), "two\n");
        fs::remove_dir_all(&place).expect("removed");
        write(&mut file, "three\n").expect("written");
        assert_eq!(fs::read_to_string(&path).expect("there"), "three\n");
        let _ = fs::remove_dir_all(place);
    }

    #[test]
    fn a_file_that_was_moved_away_is_found_out_by_looking() {
        let place = place("moved");
        let path = place.join("a.log");
        let mut file = File::new(path.clone());
        file.open_now().expect("a fresh directory");
        write(&mut file, "one\n").expect("written");
        fs::rename(&path, place.join("old.log")).expect("moved");
        file.look();
        write(&mut file, "two\n").expect("written");
        assert_eq!(fs::read_to_string(&path).expect("there"), "two\n");
        let _ = fs::remove_dir_all(place);
    }

    #[test]
    fn a_line_that_someone_left_torn_is_closed_first() {
        let place = place("torn");
        fs::create_dir_all(&place).expect("made");
        let path = place.join("a.log");
        fs::write(&path, "half a li").expect("written");
        let mut file = File::new(path.clone());
        file.open_now().expect("there");
        write(&mut file, "one\n").expect("written");
        assert_eq!(
            fs::read_to_string(&path).expect("there"),
            "half a li\none\n"
        );
        let _ = fs::remove_dir_all(place);
    }

    #[test]
    fn a_torn_line_is_cut_when_the_file_is_ours_and_closed_when_it_is_not() {
        for shared in [false, true] {
            let place = place(if shared { "shared" } else { "alone" });
            let path = place.join("a.log");
            let mut file = File::new(path.clone());
            file.open_now().expect("a fresh directory");
            let mut other = File::new(path.clone());
            if shared {
                other.open_now().expect("there");
            }
            let open = file.open.as_mut().expect("open");
            write_all(&mut open.file, b"one\nhal").expect("written");
            file.repair(3);
            write(&mut file, "two\n").expect("written");
            let expected = if shared {
                "one\nhal\ntwo\n"
            } else {
                "one\ntwo\n"
            };
            assert_eq!(fs::read_to_string(&path).expect("there"), expected);
            let _ = fs::remove_dir_all(place);
        }
    }
}
