//! What can go wrong, and the exit code each gets. A closed pipe is not an error: the reader had enough.

use std::fmt;
use std::io;

/// Why a command did not give its output.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// An input could not be opened or read. Exit code 2.
    Input {
        /// The path as it was given, or `standard input`.
        name: String,
        /// What was being done: `open`, `read`, `keep a copy of`.
        act: &'static str,
        /// What the system said.
        source: io::Error,
    },
    /// The arguments do not fit together. Exit code 2.
    Usage(String),
    /// The input was read, and what was asked for is not in it. Exit code 1.
    NotFound(String),
    /// What dead processes have left could not be recovered, or not all of it. Exit code 2.
    Unrecovered(Vec<String>),
    /// A program no longer logs what others may rely on. Exit code 1.
    Broken {
        /// How many things are not as they were.
        count: usize,
        /// What to do about it.
        advice: String,
    },
    /// The output could not be written. Exit code 2, or 0 when the reader closed its pipe.
    Output(io::Error),
}

impl Error {
    /// The exit code of the process.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::NotFound(_) | Self::Broken { .. } => 1,
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => 0,
            Self::Input { .. } | Self::Usage(_) | Self::Unrecovered(_) | Self::Output(_) => 2,
        }
    }

    /// Whether there is nothing to say: the reader of our output closed its pipe, as `head` does.
    pub fn is_silent(&self) -> bool {
        matches!(self, Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input { name, act, source } => {
                let name = crate::show::clean(name);
                write!(f, "cannot {act} `{name}`: {}", reason(source))
            }
            Self::Usage(text) | Self::NotFound(text) => f.write_str(&crate::show::clean(text)),
            Self::Unrecovered(problems) => {
                let problems: Vec<_> = problems.iter().map(|it| crate::show::clean(it)).collect();
                f.write_str(&problems.join("\nstoryline: "))
            }
            Self::Broken { count, advice } => {
                let broken = crate::show::plural(*count as u64, "thing is", "things are");
                let advice = crate::show::clean(advice);
                write!(f, "{broken} no longer as others may rely on: {advice}")
            }
            Self::Output(source) => write!(f, "cannot write the output: {}", reason(source)),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Input { source, .. } | Self::Output(source) => Some(source),
            Self::Usage(_) | Self::NotFound(_) | Self::Broken { .. } | Self::Unrecovered(_) => None,
        }
    }
}

/// The system's text without its number, first letter lower: `no such file or directory`.
fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or(&text);
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_and_why_in_one_line_without_escape_bytes() {
        let error = Error::Input {
            name: "logs/\x1b[31mpay.log".to_owned(),
            act: "open",
            source: io::Error::from_raw_os_error(2),
        };
        assert_eq!(
            error.to_string(),
            r"cannot open `logs/\u001b[31mpay.log`: no such file or directory"
        );
        assert_eq!(error.exit_code(), 2);
    }

    #[test]
    fn a_closed_pipe_is_no_failure() {
        let error = Error::Output(io::ErrorKind::BrokenPipe.into());
        assert!(error.is_silent());
        assert_eq!(error.exit_code(), 0);
    }
}
