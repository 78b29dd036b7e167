//! Records as text: [`Line`], the default, [`Json`], [`Logfmt`] and [`Pretty`] for a terminal.
//!
//! One record is one line, whatever stands in it. Control characters, line and paragraph separators,
//! bidirectional marks, zero-width characters, variation selectors and tags are always escaped, as
//! `\n`, `\r`, `\t` or `\uXXXX`; everything else stays readable. In a line ` | ` stands between the
//! parts and nowhere else: inside of a text its bar is written `\u007c`.
//!
//! # What reads back
//!
//! A line and a JSON object read back, by [`parse`](crate::parse), to the same typed values. Text knows
//! fewer types than a program, so some values come back as another type, always the same one in both.
//! [`ValueBuf::normalised`](crate::ValueBuf::normalised) gives it.
//!
//! | value | in a line | in JSON | reads back as |
//! | --- | --- | --- | --- |
//! | `None` | `null` | `null` | `None` |
//! | `bool` | `true` | `true` | `Bool` |
//! | integers that fit 64 bits | `-5` | `-5` | `Int`; `UInt` beyond `i64::MAX` |
//! | integers beyond 64 bits | `"18446744073709551616"` | the same | `Str` of the digits: most readers of JSON would round a number |
//! | `f64`, `f32` | `0.1` `3.0` `-0.0` `1e300` | the same | `Float` of the same text: the shortest one, always with a point or an exponent; an `f32` is the `f64` with its digits |
//! | NaN, infinities | `NaN` `inf` `-inf` | `"NaN"` `"inf"` `"-inf"` | `Str` |
//! | measured milliseconds | `3000.214` `0.00025` | the same | `Float`: three decimals from 1 ms up, below that as far as the nanosecond, at least three |
//! | text, `char` | `stripe` | `"stripe"` | `Str`; bare in a line when it holds only ASCII letters, digits and `-_.:/+@,` and is neither `null`, `true`, `false` nor like a number, else a JSON string |
//! | text that was cut | `"abc…(cut from 70000 bytes)"` | the same | `Str`, with its mark |
//! | `Duration` | `1.5s` | `"1.5s"` | `Str`: seconds, exact, with as many decimals as needed |
//! | `IpAddr` | `10.0.0.1` `2001:db8::1` | in quotes | `Str` |
//! | `SocketAddr` | `127.0.0.1:8080` `"[::1]:8080"` | in quotes | `Str`: text when it is logged, and a `str` in the catalogue |
//! | `SystemTime` | `2026-06-12T02:07:07.418Z` | in quotes | `Str`: RFC 3339 with no, three, six or nine decimals; `@` and seconds since 1970 outside the years 0 to 9999 |
//! | structures | `{"a":[1,2]}` | the same | `Json`, in one form: no white space, its texts escaped as all others; nested deeper than 128, or not valid, it is text |
//! | JSON of a single value | that value | that value | what that value is |
//!
//! Of a record, a line leaves out the trace, the span, the location and the thread; JSON has them. The
//! timestamp is cut to the format's [`Precision`]. A service, a request id, an event or a key that is
//! no bare word stands in quotes; a request id `-` does, too, since `req=-` says that there is none.
//!
//! No key comes twice. The library's own macros see to that when a program is compiled; in a record
//! that was made by hand, the second `a` is called `a_2`, and a field with one of the names that a
//! record's parts have in JSON (`timestamp`, `level`, `service`, `pid`, `request_id`, `trace_id`,
//! `span_id`, `event`, `code.module`, `code.file`, `code.line`, `thread.name`) becomes `level_2`.
//!
//! A format writes into the buffer it is given: nothing is allocated for a record, but for the keys
//! that are renamed and the escapes inside of structures.

mod body;
mod escape;
mod head;
mod hidden;
mod json;
mod line;
mod logfmt;
mod message;
mod names;
mod number;
mod page;
mod pretty;
mod site_text;
mod structure;
#[cfg(test)]
mod tests;
mod time;
mod value;

#[doc(hidden)]
pub use crate::scrub::Scrubbed;
pub use hidden::is_hidden;
pub use json::Json;
pub use line::Line;
pub use logfmt::Logfmt;
#[doc(hidden)]
pub use page::Page;
pub use pretty::Pretty;
pub use time::Precision;

pub(crate) use escape::{is_word_byte, push_escaped};
pub(crate) use message::render;
pub(crate) use names::{Names, RESERVED};
pub(crate) use structure::{push_json, push_next};
pub(crate) use value::{push_cut_mark, push_value};

use crate::record::Record;

/// Turns records into text. Each sink has its own, which its records pass one by one, in order.
///
/// ```
/// use storyline::format::Format;
/// use storyline::sink::{self, Memory};
///
/// /// Level and event, nothing else.
/// struct Short;
///
/// impl Format for Short {
///     fn format(&mut self, record: &storyline::Record<'_>, out: &mut Vec<u8>) {
///         out.extend_from_slice(format!("{} {}\n", record.level, record.event).as_bytes());
///     }
/// }
///
/// let memory = Memory::new();
/// let guard = storyline::setup("shop").sink(sink::memory(&memory).format(Short)).start()?;
/// storyline::info!("order_paid", amount = 500);
/// guard.flush(std::time::Duration::from_secs(1))?;
/// assert_eq!(memory.lines(), ["INFO order_paid"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Format: Send {
    /// Appends the record: exactly one line, with its `\n`. What stands in `out` already are other records.
    ///
    /// It runs on the background thread and must not wait. Where it panics, its sink loses the record,
    /// which is counted as [`FormatPanicked`](crate::Reason::FormatPanicked).
    fn format(&mut self, record: &Record<'_>, out: &mut Vec<u8>);

    /// The same onto a page.
    #[doc(hidden)]
    fn write(&mut self, record: &Record<'_>, page: &mut Page) {
        page.direct(|out| self.format(record, out));
    }

    /// Which of the formats of this crate it is, so that another process can write on in the same one.
    #[doc(hidden)]
    fn label(&self) -> String {
        String::new()
    }
}

/// The format that a [`label`](Format::label) stands for; lines for what is none of ours.
pub(crate) fn of_label(label: &str) -> Box<dyn Format> {
    let (name, digits) = label.split_once(':').unwrap_or((label, ""));
    let precision = Precision::of_digits(digits);
    match name {
        "json" => Box::new(Json::default().precision(precision)),
        "logfmt" => Box::new(Logfmt::default().precision(precision)),
        _ => Box::new(Line::default().precision(precision)),
    }
}
