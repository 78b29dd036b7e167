//! The process's standard error or output. Never kills, never panics, and never waits long. A reader
//! that is slow slows logging down; one that stands still costs this sink its copy once its bounded
//! queue is full, and holds up nobody else.

use std::io;
use std::time::Duration;

use super::{Batch, Sink, WriteError};
use crate::format::{Format, Line, Pretty};
use crate::sys::fd::{self, Stream};

/// How long a reader that was moving until now may take to make room. One that was standing still
/// already is not waited for.
const PATIENCE: Duration = Duration::from_millis(100);

/// A pipe that says that it has room takes this much without waiting (`PIPE_BUF`).
const SURE_BYTES: usize = 4096;

/// Standard error or standard output. Made by [`console`](super::console) and [`stdout`](super::stdout).
#[derive(Debug)]
pub struct Console {
    stream: Stream,
    /// Bytes of the next record that were written already: the last batch ended inside it.
    begun: usize,
    /// The stream ends inside a record that will not come again.
    torn: bool,
    /// The reader took nothing last time.
    stands_still: bool,
}

impl Console {
    pub(super) fn stderr() -> Self {
        Self::of(Stream::Stderr)
    }

    pub(super) fn stdout() -> Self {
        Self::of(Stream::Stdout)
    }

    fn of(stream: Stream) -> Self {
        Self {
            stream,
            begun: 0,
            torn: false,
            stands_still: false,
        }
    }

    pub(super) fn name(&self) -> &'static str {
        match self.stream {
            Stream::Stderr => "stderr",
            Stream::Stdout => "stdout",
        }
    }

    /// For a person who watches: aligned, and coloured unless asked not to. Otherwise lines.
    pub(super) fn default_format(&self) -> Box<dyn Format> {
        if fd::is_terminal(self.stream) {
            let colour = wants_colour(|name| std::env::var_os(name));
            Box::new(Pretty::default().colour(colour))
        } else {
            Box::new(Line::default())
        }
    }

    fn write_from(&mut self, bytes: &[u8]) -> Result<(), (usize, io::Error)> {
        // A regular file never makes us wait; whatever else it is, ask first and write a little.
        let most = if fd::is_regular_file(self.stream) {
            usize::MAX
        } else {
            SURE_BYTES
        };
        let mut patience = if self.stands_still {
            Duration::ZERO
        } else {
            PATIENCE
        };
        let mut written = 0;
        while let Some(rest) = bytes.get(written..).filter(|rest| !rest.is_empty()) {
            let outcome = if most == usize::MAX || fd::wait_writable(self.stream, patience) {
                fd::write(self.stream, piece(rest, most))
            } else {
                Err(io::ErrorKind::WouldBlock.into())
            };
            match outcome {
                Ok(0) => return Err((written, io::ErrorKind::WriteZero.into())),
                Ok(more) => {
                    written += more;
                    patience = PATIENCE;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err((written, error)),
            }
        }
        Ok(())
    }
}

/// As many whole lines as fit into `most` bytes, so that what others write falls between lines.
fn piece(bytes: &[u8], most: usize) -> &[u8] {
    if bytes.len() <= most {
        return bytes;
    }
    let piece = &bytes[..most];
    match piece.iter().rposition(|&byte| byte == b'\n') {
        Some(newline) => &piece[..=newline],
        None => piece,
    }
}

/// `NO_COLOR` (no-color.org: any text but the empty one) and terminals that know no colours.
fn wants_colour(variable: impl Fn(&str) -> Option<std::ffi::OsString>) -> bool {
    let no_color = variable("NO_COLOR").is_some_and(|value| !value.is_empty());
    let dumb = variable("TERM").is_some_and(|value| value == "dumb");
    !no_color && !dumb
}

impl Sink for Console {
    fn write(&mut self, batch: Batch<'_>) -> Result<(), WriteError> {
        if self.torn {
            match self.write_from(b"\n") {
                Ok(()) => self.torn = false,
                Err((_, source)) => return Err(WriteError::new(0, source)),
            }
        }
        let skipped = core::mem::take(&mut self.begun);
        let bytes = batch.bytes().get(skipped..).unwrap_or_default();
        let Err((written, source)) = self.write_from(bytes) else {
            self.stands_still = false;
            return Ok(());
        };
        let end = skipped + written;
        let whole = batch.whole_records(end);
        let inside = end - batch.start_of(whole);
        if source.kind() == io::ErrorKind::WouldBlock {
            // What it took before has been waited for in vain since.
            self.stands_still = true;
            self.begun = inside;
        } else {
            self.torn = inside > 0;
        }
        Err(WriteError::new(whole, source))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_end_between_lines_where_they_can() {
        assert_eq!(piece(b"ab\ncd\n", 10), b"ab\ncd\n");
        assert_eq!(piece(b"ab\ncd\n", 5), b"ab\n");
        assert_eq!(piece(b"abcdef", 4), b"abcd");
    }

    #[test]
    fn colours_are_left_out_where_they_are_not_wanted() {
        let with = |name: &'static str, value: &'static str| {
            move |asked: &str| (asked == name).then(|| value.into())
        };
        assert!(wants_colour(|_| None));
        assert!(wants_colour(with("NO_COLOR", "")));
        assert!(!wants_colour(with("NO_COLOR", "1")));
        assert!(!wants_colour(with("TERM", "dumb")));
        assert!(wants_colour(with("TERM", "xterm-256color")));
    }
}
