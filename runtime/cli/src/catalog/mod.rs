//! What a program may log, without running it: the entries that its call sites have left in the binary.
//!
//! `elf` finds them there and resolves their addresses, `entry` is one as it is told, `read` makes the catalogue
//! of a file, `render`, `markdown` and `json` tell it, `check` holds it against an older one.

mod check;
mod elf;
mod entry;
mod json;
mod markdown;
mod read;
mod render;

use std::path::Path;

pub use check::{Broken, Comparison};
pub use entry::{Entry, Field, Kind, Level};

use crate::error::Error;

/// All that a program may log, in the order of modules, files and lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Catalog {
    /// The name of the file.
    pub program: String,
    /// One for each call site; those of one generic call, and copies that a compiler has made, are one.
    pub entries: Vec<Entry>,
}

impl Catalog {
    /// Reads a program, or a catalogue that was written as JSON.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] when the file cannot be read, [`Error::Usage`] when it is neither, or damaged, and
    /// [`Error::NotFound`] when there is no call site in it.
    pub fn of_file(path: &Path) -> Result<Self, Error> {
        read::file(path)
    }
}
