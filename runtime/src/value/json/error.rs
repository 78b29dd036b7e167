//! Why there is no JSON.

use core::fmt;

use serde_core::ser;

/// Why there is no JSON.
#[derive(Debug)]
pub(in crate::value) enum Error {
    /// The writer had enough.
    Write,
    /// The value said so, or it has no JSON form.
    Value(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Write => f.write_str("the writer had enough"),
            Self::Value(message) => f.write_str(message),
        }
    }
}

impl core::error::Error for Error {}

impl ser::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::Value(message.to_string())
    }
}

impl From<fmt::Error> for Error {
    fn from(_: fmt::Error) -> Self {
        Self::Write
    }
}
