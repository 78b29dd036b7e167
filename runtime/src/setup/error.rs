//! Why `start` did not start.

use core::fmt;
use std::error::Error;
use std::ffi::OsStr;
use std::io;

use crate::error::debug_is_display;
use crate::filter::DirectiveError;
use crate::sink::OpenError;

/// Why [`Setup::start`](super::Setup::start) did not start. Says what is wrong, where, and what to do.
///
/// ```
/// let error = storyline::setup("").start().unwrap_err();
/// assert!(error.to_string().starts_with("the service has no name: write `storyline::setup("));
/// ```
pub struct SetupError(Problem);

enum Problem {
    AlreadyStarted,
    NoService,
    LateHashKey,
    Directives(DirectiveError),
    Variable {
        name: &'static str,
        error: DirectiveError,
    },
    VariableNotText {
        name: &'static str,
        text: String,
    },
    Sink(OpenError),
    Thread(io::Error),
}

impl SetupError {
    pub(crate) fn already_started() -> Self {
        Self(Problem::AlreadyStarted)
    }

    pub(crate) fn no_service() -> Self {
        Self(Problem::NoService)
    }

    pub(crate) fn late_hash_key() -> Self {
        Self(Problem::LateHashKey)
    }

    pub(crate) fn directives(error: DirectiveError) -> Self {
        Self(Problem::Directives(error))
    }

    pub(crate) fn variable(name: &'static str, error: DirectiveError) -> Self {
        Self(Problem::Variable { name, error })
    }

    pub(crate) fn variable_not_text(name: &'static str, text: &OsStr) -> Self {
        Self(Problem::VariableNotText {
            name,
            text: text.to_string_lossy().into_owned(),
        })
    }

    pub(crate) fn sink(error: OpenError) -> Self {
        Self(Problem::Sink(error))
    }

    pub(crate) fn thread(source: io::Error) -> Self {
        Self(Problem::Thread(source))
    }
}

impl fmt::Display for SetupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Problem::AlreadyStarted => f.write_str(
                "logging was started before in this process: call `start` once, in `main`, and let libraries only log",
            ),
            Problem::NoService => f.write_str(
                "the service has no name: write `storyline::setup(\"payment-service\")`, the name every line carries",
            ),
            Problem::LateHashKey => f.write_str(
                "values were hashed with another key before `start`: call `start` before anything is logged with `hash`",
            ),
            Problem::Directives(error) => write!(f, "bad directive: {error}"),
            Problem::Variable { name, error } => {
                write!(f, "bad directive in the variable `{name}`: {error}")
            }
            Problem::VariableNotText { name, text } => write!(
                f,
                "the variable `{name}` is not valid UTF-8: it reads `{}`",
                text.escape_debug()
            ),
            Problem::Sink(error) => fmt::Display::fmt(error, f),
            Problem::Thread(source) => {
                write!(f, "cannot start the background thread: {source}")
            }
        }
    }
}

debug_is_display!(SetupError);

impl Error for SetupError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        // The message already tells what the system or the directive said.
        match &self.0 {
            Problem::Thread(source) => Some(source),
            Problem::Sink(error) => error.source(),
            Problem::Directives(error) | Problem::Variable { error, .. } => Some(error),
            _ => None,
        }
    }
}
