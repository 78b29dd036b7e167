//! Lines to entries: a record, or a line that is none and is kept as it is. Never fails on content.

use std::fmt;
use std::io::Read;

use storyline::RecordBuf;

use super::lines::{Line, Lines};
use super::tally::Tally;
use crate::error::Error;

/// How much of a line that is no record is kept for showing.
const ODD_BYTES: usize = 4096;

/// What one line of an input turned out to be.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// A record.
    Record(RecordBuf),
    /// Something else.
    Odd(Odd),
}

/// A line that is no record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Odd {
    /// The text, its beginning when it is long; not yet safe for a terminal.
    pub text: String,
    /// How many bytes the whole line has.
    pub whole_len: u64,
    /// The line's number in its input, from one.
    pub line: u64,
    /// What is the matter with it.
    pub reason: OddReason,
}

/// Why a line is no record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OddReason {
    /// It does not parse: a backtrace, another program's output, a damaged record.
    NotARecord,
    /// The last line, without its end: the writer was cut off, or is still writing.
    Truncated,
    /// Longer than a line may be, see [`LINE_BYTES`](super::LINE_BYTES).
    TooLong,
}

/// The two texts that a record may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// `timestamp | level | ...`
    Line,
    /// `{"timestamp": ...}`
    Json,
}

impl Shape {
    /// Judged by the first byte that is not a space.
    pub fn of(bytes: &[u8]) -> Self {
        if bytes.trim_ascii_start().starts_with(b"{") {
            Self::Json
        } else {
            Self::Line
        }
    }
}

/// The entries of one input.
pub struct Entries<R> {
    name: String,
    lines: Lines<R>,
    tally: Tally,
    shape: Shape,
    is_ended: bool,
    grain: Grain,
}

impl<R: Read> Entries<R> {
    /// Reads the lines of `reader`; `name` is what errors call it.
    pub fn new(name: String, reader: R) -> Self {
        Self {
            name,
            lines: Lines::new(reader),
            tally: Tally::default(),
            shape: Shape::Line,
            is_ended: true,
            grain: Grain::default(),
        }
    }

    /// What was counted so far.
    pub fn tally(&self) -> Tally {
        self.tally
    }

    /// The shape of the entry read last.
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// Whether the line of the entry read last had an end. A record without may lack its last part.
    pub fn is_ended(&self) -> bool {
        self.is_ended
    }

    /// The coarsest precision of a timestamp read so far, as nanoseconds in its unit.
    pub fn grain_nanos(&self) -> i64 {
        self.grain.0
    }

    /// The next line that `wants` wants, parsed. Empty lines are passed over. `wants` may refuse a
    /// line by its bytes alone, which saves the parsing.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] when the input cannot be read on.
    pub fn read_entry(
        &mut self,
        mut wants: impl FnMut(&[u8]) -> bool,
    ) -> Result<Option<Entry>, Error> {
        loop {
            let line = match self.lines.read_line() {
                Ok(Some(line)) => line,
                Ok(None) => return Ok(None),
                Err(source) => {
                    return Err(Error::Input {
                        name: self.name.clone(),
                        act: "read",
                        source,
                    });
                }
            };
            self.tally.lines += 1;
            self.tally.bytes += line.whole_len + u64::from(line.is_ended);
            // The last line is always looked at: whether it is whole is worth saying.
            if line.bytes.is_empty() || (line.is_ended && !wants(line.bytes)) {
                continue;
            }
            self.shape = Shape::of(line.bytes);
            self.is_ended = line.is_ended;
            let entry = read(&line, &mut self.tally);
            if matches!(entry, Entry::Record(_)) {
                self.grain.see(line.bytes, self.shape);
            }
            return Ok(Some(entry));
        }
    }
}

impl<R> fmt::Debug for Entries<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entries")
            .field("name", &self.name)
            .field("tally", &self.tally)
            .finish_non_exhaustive()
    }
}

fn read(line: &Line<'_>, tally: &mut Tally) -> Entry {
    let reason = if line.is_cut() {
        tally.too_long += 1;
        OddReason::TooLong
    } else {
        let text = String::from_utf8_lossy(line.bytes);
        if let Ok(record) = storyline::parse::parse(&text) {
            tally.records += 1;
            tally.unended += u64::from(!line.is_ended);
            return Entry::Record(record);
        }
        if line.is_ended {
            tally.not_records += 1;
            OddReason::NotARecord
        } else {
            tally.truncated += 1;
            OddReason::Truncated
        }
    };
    let kept = &line.bytes[..line.bytes.len().min(ODD_BYTES)];
    Entry::Odd(Odd {
        text: String::from_utf8_lossy(kept).into_owned(),
        whole_len: line.whole_len,
        line: line.number,
        reason,
    })
}

/// The unit of the coarsest timestamp seen, in nanoseconds: a record that stands in two files may
/// have more digits in one of them.
#[derive(Clone, Copy, Debug)]
struct Grain(i64);

impl Default for Grain {
    fn default() -> Self {
        Self(1)
    }
}

impl Grain {
    fn see(&mut self, line: &[u8], shape: Shape) {
        let text = match shape {
            Shape::Line => line,
            Shape::Json => {
                const KEY: &[u8] = b"\"timestamp\":\"";
                let Some(at) = memchr::memmem::find(line, KEY) else {
                    return;
                };
                &line[at + KEY.len()..]
            }
        };
        // `2026-06-12T02:07:07` is 19 bytes; the digits after the dot say how fine it is.
        let digits = match text.get(19..) {
            Some([b'.', rest @ ..]) => rest.iter().take_while(|it| it.is_ascii_digit()).count(),
            _ => 0,
        };
        let exponent = u32::try_from(9_usize.saturating_sub(digits)).unwrap_or(0);
        self.0 = self.0.max(10_i64.pow(exponent));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str =
        "2026-06-12T02:07:07.418Z | ERROR | pay | pid=1 | req=abc | gateway_timeout | n=1";

    fn entries(input: &str) -> (Vec<Entry>, Tally) {
        let mut entries = Entries::new("test".to_owned(), input.as_bytes());
        let mut found = Vec::new();
        while let Some(entry) = entries
            .read_entry(|_| true)
            .expect("bytes in memory can be read")
        {
            found.push(entry);
        }
        (found, entries.tally())
    }

    #[test]
    fn a_line_that_is_no_record_is_kept_with_its_number() {
        let (found, tally) = entries(&format!("{LINE}\n\n  at main.rs:7\n"));
        let [Entry::Record(record), Entry::Odd(odd)] = found.as_slice() else {
            panic!("{found:?}");
        };
        assert_eq!(record.event, "gateway_timeout");
        assert_eq!((odd.text.as_str(), odd.line), ("  at main.rs:7", 3));
        assert_eq!(odd.reason, OddReason::NotARecord);
        assert_eq!((tally.lines, tally.records, tally.not_records), (3, 1, 1));
    }

    #[test]
    fn a_last_line_without_end_is_truncated_unless_it_parses() {
        let (found, _) = entries(&format!("{LINE}\n{}", &LINE[..40]));
        assert!(matches!(&found[1], Entry::Odd(odd) if odd.reason == OddReason::Truncated));
        let (found, tally) = entries(LINE);
        assert!(matches!(found[0], Entry::Record(_)));
        assert_eq!(tally.unended, 1);
    }

    #[test]
    fn bytes_that_are_no_text_do_no_harm() {
        let mut input = LINE.as_bytes().to_vec();
        input.extend_from_slice(b"\n\xff\xfe\x00\n\xc3\n");
        let mut entries = Entries::new("test".to_owned(), input.as_slice());
        let mut odd = 0;
        while let Some(entry) = entries
            .read_entry(|_| true)
            .expect("bytes in memory can be read")
        {
            odd += u32::from(matches!(entry, Entry::Odd(_)));
        }
        assert_eq!(odd, 2);
    }

    #[test]
    fn the_precision_is_read_from_the_text() {
        let grain = |text: &str, shape| {
            let mut grain = Grain::default();
            grain.see(text.as_bytes(), shape);
            grain.0
        };
        assert_eq!(grain(LINE, Shape::Line), 1_000_000);
        assert_eq!(
            grain("2026-06-12T02:07:07Z | INFO", Shape::Line),
            1_000_000_000
        );
        let json = r#"{"timestamp":"2026-06-12T02:07:07.418123456Z"}"#;
        assert_eq!(grain(json, Shape::Json), 1);
    }
}
