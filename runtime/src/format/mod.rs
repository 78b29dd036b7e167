//! Records as text. Cold: called by the background thread and by whoever reads logs; a format writes
//! into the buffer it is given, allocates nothing per record and does no I/O.

mod body;
mod escape;
mod head;
mod json;
mod line;
mod logfmt;
mod message;
mod names;
mod number;
mod pretty;
mod structure;
#[cfg(test)]
mod tests;
mod time;
mod value;

pub use json::Json;
pub use line::Line;
pub use logfmt::Logfmt;
pub use pretty::Pretty;
pub use time::Precision;

pub(crate) use message::render;
pub(crate) use names::{Names, RESERVED};
pub(crate) use structure::{push_json, push_next};
pub(crate) use value::{push_cut_mark, push_value};

use crate::record::Record;

/// Turns records into text.
pub trait Format: Send {
    /// Appends the record: exactly one line, with its `\n`.
    fn format(&mut self, record: &Record<'_>, out: &mut Vec<u8>);
}
