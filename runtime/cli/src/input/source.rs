//! Where lines come from: named files and standard input. Everything is opened before anything is
//! told, so that a mistyped name is an error and not a story with a hole.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::PathBuf;

use super::entries::Entries;
use crate::error::Error;

/// One opened input.
#[derive(Debug)]
pub struct Source {
    name: String,
    from: From,
}

#[derive(Debug)]
enum From {
    Stdin,
    Stream(File),
    File(File),
}

/// The name that standard input gets in messages.
const STDIN: &str = "standard input";

impl Source {
    /// Opens every path; `-` is standard input, and so is an empty list.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] for the first path that cannot be opened or is a directory.
    pub fn open_all(paths: &[PathBuf]) -> Result<Vec<Self>, Error> {
        if paths.is_empty() {
            return Ok(vec![Self::stdin()]);
        }
        let mut sources: Vec<Self> = Vec::with_capacity(paths.len());
        for path in paths {
            if path.as_os_str() == OsStr::new("-") {
                // Standard input can be read once, however often it is named.
                if !sources.iter().any(|it| matches!(it.from, From::Stdin)) {
                    sources.push(Self::stdin());
                }
                continue;
            }
            sources.push(Self::open(path)?);
        }
        Ok(sources)
    }

    fn stdin() -> Self {
        Self {
            name: STDIN.to_owned(),
            from: From::Stdin,
        }
    }

    fn open(path: &std::path::Path) -> Result<Self, Error> {
        let name = path.display().to_string();
        let refuse = |source| Error::Input {
            name: name.clone(),
            act: "open",
            source,
        };
        let file = File::open(path).map_err(refuse)?;
        let kind = file.metadata().map_err(refuse)?.file_type();
        if kind.is_dir() {
            return Err(refuse(io::ErrorKind::IsADirectory.into()));
        }
        let from = if kind.is_file() {
            From::File(file)
        } else {
            From::Stream(file)
        };
        Ok(Self { name, from })
    }

    /// Whether this is standard input.
    pub fn is_stdin(&self) -> bool {
        matches!(self.from, From::Stdin)
    }

    /// The path as it was given.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Makes a second reading possible: what cannot be rewound (standard input, a pipe) is copied
    /// to an unnamed temporary file first. Memory stays bounded, the disk pays.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] when reading or keeping the copy fails.
    pub fn into_rereadable(self) -> Result<Self, Error> {
        let refuse = |source| Error::Input {
            name: self.name.clone(),
            act: "keep a temporary copy of",
            source,
        };
        let mut input: Box<dyn Read> = match self.from {
            From::File(_) => return Ok(self),
            From::Stdin => Box::new(io::stdin().lock()),
            From::Stream(file) => Box::new(file),
        };
        let mut copy = tempfile::tempfile().map_err(refuse)?;
        io::copy(&mut input, &mut copy).map_err(refuse)?;
        copy.seek(SeekFrom::Start(0)).map_err(refuse)?;
        Ok(Self {
            name: self.name,
            from: From::File(copy),
        })
    }

    /// A reader from the beginning, which leaves this source usable for another one later.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] when the file cannot be rewound, [`Error::Usage`] for what was not made
    /// [rereadable](Self::into_rereadable).
    pub fn first_reading(&self) -> Result<Entries<Box<dyn Read>>, Error> {
        let refuse = |source| Error::Input {
            name: self.name.clone(),
            act: "read again",
            source,
        };
        let From::File(file) = &self.from else {
            return Err(Error::Usage(format!(
                "`{}` can be read only once",
                self.name
            )));
        };
        let mut file = file.try_clone().map_err(refuse)?;
        file.seek(SeekFrom::Start(0)).map_err(refuse)?;
        Ok(Entries::new(self.name.clone(), Box::new(file)))
    }

    /// The only reading, or the last.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] when the file cannot be rewound.
    pub fn into_entries(self) -> Result<Entries<Box<dyn Read>>, Error> {
        match self.from {
            From::File(_) => self.first_reading(),
            From::Stdin => Ok(Entries::new(self.name, Box::new(io::stdin().lock()))),
            From::Stream(file) => Ok(Entries::new(self.name, Box::new(file))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_file_and_a_directory_are_named() {
        let error = Source::open_all(&["/nowhere/at.log".into()]).expect_err("it is missing");
        assert_eq!(
            error.to_string(),
            "cannot open `/nowhere/at.log`: no such file or directory"
        );
        let error = Source::open_all(&["/".into()]).expect_err("it is a directory");
        assert_eq!(error.to_string(), "cannot open `/`: is a directory");
    }

    #[test]
    fn standard_input_is_taken_once() {
        let sources = Source::open_all(&["-".into(), "-".into()]).expect("nothing to open");
        assert_eq!(sources.len(), 1);
        assert!(sources[0].is_stdin());
    }
}
