//! Counts the lines that have arrived in the files of a folder, reading each byte once.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// The files of one folder, and how far each was read.
pub(crate) struct Lines {
    folder: PathBuf,
    mark: &'static [u8],
    files: BTreeMap<PathBuf, (File, Vec<u8>)>,
    count: u64,
    buffer: Vec<u8>,
}

impl Lines {
    pub(crate) fn new(folder: &Path, mark: &'static str) -> Self {
        Self {
            folder: folder.into(),
            mark: mark.as_bytes(),
            files: BTreeMap::new(),
            count: 0,
            buffer: vec![0; 1024 * 1024],
        }
    }

    /// Whole lines with the mark that had been found by the last reading.
    pub(crate) fn count(&self) -> u64 {
        self.count
    }

    /// Reads what has come since the last time.
    pub(crate) fn read(&mut self) -> u64 {
        let Ok(folder) = std::fs::read_dir(&self.folder) else {
            return self.count;
        };
        for path in folder.flatten().map(|entry| entry.path()) {
            // A link to a file that is counted already.
            if path.is_symlink() || self.files.contains_key(&path) {
                continue;
            }
            if let Ok(file) = File::open(&path) {
                self.files.insert(path, (file, Vec::new()));
            }
        }
        for (file, rest) in self.files.values_mut() {
            while let Ok(len @ 1..) = file.read(&mut self.buffer) {
                for part in self.buffer[..len].split_inclusive(|&byte| byte == b'\n') {
                    rest.extend_from_slice(part);
                    if part.ends_with(b"\n") {
                        let found = rest.windows(self.mark.len()).any(|it| it == self.mark);
                        self.count += u64::from(found);
                        rest.clear();
                    }
                }
            }
        }
        self.count
    }
}
