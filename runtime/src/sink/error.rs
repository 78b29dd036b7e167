//! Why an output cannot be opened.

use core::fmt;
use std::error::Error;
use std::io;
use std::path::PathBuf;

use crate::sys::user;

/// What `start` is told by a sink that cannot work.
#[derive(Debug)]
pub enum OpenError {
    Directory { path: PathBuf, source: io::Error },
    File { path: PathBuf, source: io::Error },
    FileIsDirectory(PathBuf),
    NoName,
}

/// What to do about an error, where the system's words do not say it.
struct Remedy<'a>(&'a io::Error);

impl fmt::Display for Remedy<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.kind() == io::ErrorKind::PermissionDenied {
            write!(
                f,
                "; this process is user {}, who needs the right to enter every directory of the path, and to write the file or, where there is none, its directory",
                user::effective()
            )
        } else if self.0.raw_os_error() == Some(libc::ENXIO) {
            f.write_str("; it is a pipe that nobody reads: start its reader first")
        } else {
            Ok(())
        }
    }
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoName => f.write_str(
                "the log file has no name: give `file` a path, such as `logs/service.log`",
            ),
            Self::Directory { path, source } => write!(
                f,
                "cannot make the directory `{}` for the log: {source}{}",
                path.display(),
                Remedy(source)
            ),
            Self::File { path, source } => write!(
                f,
                "cannot open the log file `{}`: {source}{}",
                path.display(),
                Remedy(source)
            ),
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
            Self::FileIsDirectory(_) | Self::NoName => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_says_what_to_do_where_the_system_does_not() {
        let of = |kind| {
            let path = PathBuf::from("a/b.log");
            OpenError::File { path, source: kind }.to_string()
        };
        let denied = of(io::Error::from_raw_os_error(libc::EACCES));
        let user = format!("this process is user {}", user::effective());
        assert!(
            denied.contains("`a/b.log`") && denied.contains(&user),
            "{denied}"
        );
        let unread = of(io::Error::from_raw_os_error(libc::ENXIO));
        assert!(unread.ends_with("start its reader first"), "{unread}");
        let other = of(io::Error::from_raw_os_error(libc::EIO));
        assert!(other.ends_with("(os error 5)"), "{other}");
    }
}
