//! Why an output cannot be opened.

use core::fmt;
use std::error::Error;
use std::io;
use std::path::PathBuf;

/// What `start` is told by a sink that cannot work.
#[derive(Debug)]
pub enum OpenError {
    Directory { path: PathBuf, source: io::Error },
    File { path: PathBuf, source: io::Error },
    FileIsDirectory(PathBuf),
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Directory { path, source } => write!(
                f,
                "cannot make the directory `{}` for the log: {source}",
                path.display()
            ),
            Self::File { path, source } => {
                write!(f, "cannot open the log file `{}`: {source}", path.display())
            }
            Self::FileIsDirectory(path) => write!(
                f,
                "cannot log to `{0}`: it is a directory; name a file in it, such as `{0}/service.log`",
                path.display()
            ),
        }
    }
}

impl Error for OpenError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Directory { source, .. } | Self::File { source, .. } => Some(source),
            Self::FileIsDirectory(_) => None,
        }
    }
}
