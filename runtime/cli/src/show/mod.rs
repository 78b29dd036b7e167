//! Showing: the only way of text to a terminal. Every [`Piece`] is made safe when it is made, so no
//! escape byte of a value, a key or a file name gets out; what colours there are, we put there. This
//! room knows nothing of records.

mod clean;
mod glyphs;
mod paint;
mod screen;
mod table;
mod units;

pub use clean::{clean, columns};
pub use glyphs::Glyphs;
pub use paint::{Piece, Row, Style, wrap};
pub use screen::{Colour, Screen};
pub use table::{Align, Table};
pub use units::{Moment, count, millis, percent, plural, rounded};
