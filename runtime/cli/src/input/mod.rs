//! Reading: bytes to lines, lines to records, several inputs to one stream. This room does all the
//! input of the tool, trusts no length and no byte, and knows nothing of what the commands ask.

mod copies;
mod entries;
mod lines;
mod merged;
mod source;
mod tally;

pub use copies::{Channel, Copies, Verdict, WINDOW};
pub use entries::{Entries, Entry, Odd, OddReason, Shape};
pub use lines::{LINE_BYTES, Line, Lines};
pub use merged::Merged;
pub use source::Source;
pub use tally::Tally;
