//! What a victim knew to be logged: a page of a file, which its death does not take along.

use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::atomic::Ordering;

use crate::os::SharedWords;

/// Threads of one victim at most.
pub const MAX_THREADS: usize = 64;

const STARTED: usize = 0;
const FIRST_THREAD: usize = 1;
const WORDS: usize = FIRST_THREAD + MAX_THREADS;

/// One word that says whether the victim's set-up is done, and one for each thread: the number of its last
/// record whose call returned.
#[derive(Debug)]
pub struct Oracle {
    words: SharedWords,
}

impl Oracle {
    /// A new page, all zero.
    ///
    /// # Errors
    ///
    /// When the file cannot be made.
    pub fn create(path: &Path) -> io::Result<Self> {
        let mut options = File::options();
        let file = options
            .read(true)
            .write(true)
            .create(true)
            .truncate(true)
            .open(path)?;
        file.set_len((WORDS * size_of::<u64>()) as u64)?;
        Self::of(&file)
    }

    /// A page that is there.
    ///
    /// # Errors
    ///
    /// When it is not, or is no page.
    pub fn open(path: &Path) -> io::Result<Self> {
        Self::of(&File::options().read(true).write(true).open(path)?)
    }

    fn of(file: &File) -> io::Result<Self> {
        SharedWords::map(file, WORDS).map(|words| Self { words })
    }

    /// Set-up is done.
    pub fn set_started(&self) {
        // ORDERING: Release, pairs with `is_started`.
        self.words.words()[STARTED].store(1, Ordering::Release);
    }

    /// Whether set-up was done.
    pub fn is_started(&self) -> bool {
        // ORDERING: Acquire, pairs with `set_started`.
        self.words.words()[STARTED].load(Ordering::Acquire) != 0
    }

    /// The call that logged this thread's record `seq` has returned.
    pub fn acknowledge(&self, thread: usize, seq: u64) {
        // ORDERING: Release: behind the call that it speaks of. Pairs with `acknowledged`.
        self.words.words()[FIRST_THREAD + thread].store(seq, Ordering::Release);
    }

    /// The last record of this thread whose call returned.
    pub fn acknowledged(&self, thread: usize) -> u64 {
        // ORDERING: Acquire, pairs with `acknowledge`.
        self.words.words()[FIRST_THREAD + thread].load(Ordering::Acquire)
    }
}
