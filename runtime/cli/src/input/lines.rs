//! Bytes to lines, in bounded memory: however long a line is, at most [`LINE_BYTES`] of it are kept.

use std::io::{self, BufRead, BufReader, Read};

/// How much of one line is kept. A longer one is no record; its beginning is shown.
pub const LINE_BYTES: usize = 1024 * 1024;

/// One line, without its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// The bytes, at most [`LINE_BYTES`] of them, without `\n` or `\r\n`.
    pub bytes: &'a [u8],
    /// How many bytes the line has in the input, without its `\n`.
    pub whole_len: u64,
    /// From one.
    pub number: u64,
    /// Whether a `\n` ended it; only the last line of an input can lack it.
    pub is_ended: bool,
}

impl Line<'_> {
    /// Whether the line was longer than what was kept.
    pub fn is_cut(&self) -> bool {
        self.whole_len > LINE_BYTES as u64
    }
}

/// The lines of one input.
#[derive(Debug)]
pub struct Lines<R> {
    reader: BufReader<R>,
    line: Vec<u8>,
    number: u64,
}

impl<R: Read> Lines<R> {
    /// Reads from the beginning; a byte order mark there is passed over.
    pub fn new(reader: R) -> Self {
        Self {
            reader: BufReader::with_capacity(128 * 1024, reader),
            line: Vec::new(),
            number: 0,
        }
    }

    /// The next line, `None` at the end.
    ///
    /// # Errors
    ///
    /// What the reader gives, interrupted calls excepted: those are tried again.
    pub fn read_line(&mut self) -> io::Result<Option<Line<'_>>> {
        self.line.clear();
        let mut whole_len = 0_u64;
        let mut is_ended = false;
        let mut has_any = false;
        while !is_ended {
            let chunk = match self.reader.fill_buf() {
                Ok(chunk) => chunk,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if chunk.is_empty() {
                break;
            }
            has_any = true;
            let end = memchr::memchr(b'\n', chunk);
            let part = end.map_or(chunk, |at| &chunk[..at]);
            let room = LINE_BYTES.saturating_sub(self.line.len());
            self.line.extend_from_slice(&part[..part.len().min(room)]);
            whole_len += part.len() as u64;
            is_ended = end.is_some();
            let used = part.len() + usize::from(is_ended);
            self.reader.consume(used);
        }
        if !has_any {
            return Ok(None);
        }
        self.number += 1;
        let mut bytes = self.line.as_slice();
        if self.number == 1 {
            bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        }
        bytes = bytes.strip_suffix(b"\r").unwrap_or(bytes);
        Ok(Some(Line {
            bytes,
            whole_len,
            number: self.number,
            is_ended,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(input: &[u8]) -> Vec<(Vec<u8>, u64, bool)> {
        let mut lines = Lines::new(input);
        let mut found = Vec::new();
        while let Some(line) = lines.read_line().expect("bytes in memory can be read") {
            found.push((line.bytes.to_vec(), line.whole_len, line.is_ended));
        }
        found
    }

    #[test]
    fn ends_are_taken_off_and_the_last_line_says_that_it_has_none() {
        assert_eq!(
            all(b"\xef\xbb\xbfa\r\n\nb"),
            [
                (b"a".to_vec(), 5, true),
                (b"".to_vec(), 0, true),
                (b"b".to_vec(), 1, false)
            ]
        );
        assert_eq!(all(b""), []);
    }

    #[test]
    fn a_line_without_end_keeps_its_beginning_only() {
        let input = io::repeat(b'x').take(5 * LINE_BYTES as u64 + 3);
        let mut lines = Lines::new(input.chain(&b"\nnext\n"[..]));
        let line = lines.read_line().expect("readable").expect("a line");
        assert!(line.is_cut());
        assert_eq!(line.bytes.len(), LINE_BYTES);
        assert_eq!(line.whole_len, 5 * LINE_BYTES as u64 + 3);
        let line = lines.read_line().expect("readable").expect("a line");
        assert_eq!((line.bytes, line.number), (&b"next"[..], 2));
    }
}
