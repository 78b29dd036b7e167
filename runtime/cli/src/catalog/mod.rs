//! What a program may log, without running it: the entries that its call sites have left in the binary.
//!
//! # Where it comes from
//!
//! Each call leaves an entry: its text (name, levels, fields, options, template, module, file, line) and a byte for
//! the kind of each value, which the compiler knew. Copies of a call that the compiler has made are one entry; those
//! of a generic function, too, with all its types. The order is that of modules, files and lines. Not to be seen are
//! calls that nothing reaches or that `STORYLINE_MAX_LEVEL` has left out, and what `context!` adds; a level or a
//! target that is an expression is known at run time only. Types are those of the record: all unsigned integers of
//! up to 64 bits are `u64`, text of any kind is `str`.
//!
//! # The JSON
//!
//! One object: `format` (1; it changes when an older reader could not read it), `program`, and `entries`, each with
//!
//! | key | what it holds |
//! | --- | --- |
//! | `kind` | `event`, `timed`, `block`, `transition`, `fields` |
//! | `name` | the event, what is timed, or the machine |
//! | `levels` | `{"when", "level"}`: `written` for an event; `ok`, `returned` (a value that cannot be judged), `err`, `panic`, `cancelled`, `slow`, `left` for a timed call, those that there may be and that are recorded; `legal`, `illegal` for a transition. `level` is null where it is known at run time only |
//! | `fields` | `{"key", "types"}` in the order of the call, without those that every record of the kind has. `types` are `u64`, `str`, `Option<u64>`, ..., or how the field is captured: `display`, `debug`, `json`, `error`, `redacted`, `masked`, `hashed`. What is taken over from a structure stands here with the keys of the record, and `of` names the structure; where those are not known the type is `fields`, the key `..` or `order.*` |
//! | `states` | of a transition: `{"name", "initial", "to"}` for each state of the machine; `initial` only where it is true, `to` is empty where nothing follows |
//! | `constants` | `[key, text]`: fields that are the same in every record |
//! | `template` | the message with its holes, or null |
//! | `options` | what holds records back or changes them |
//! | `target` | what directives compare with; null where it is known at run time only |
//! | `module`, `file`, `line` | where it stands |
//!
//! # What is broken
//!
//! See [`Comparison`].
//!
//! `elf` finds them there and resolves their addresses, `entry` is one as it is told, with its `fields` and its `machine`, `read` makes the catalogue
//! of a file, `render`, `markdown` and `json` tell it, `options` puts options into words, `check` holds it against an
//! older one. `own.md` is what the library itself writes, as its README has it.

mod check;
mod elf;
mod entry;
mod fields;
mod json;
mod machine;
mod markdown;
mod options;
mod read;
mod render;

use std::path::Path;

pub use check::{Change, Comparison};
pub use entry::{Entry, Kind, Level};
pub use fields::Field;
pub use machine::State;

use crate::error::Error;

/// All that a program may log, in the order of modules, files and lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Catalog {
    /// The name of the file.
    pub program: String,
    /// One for each call site; those of one generic call, and copies that a compiler has made, are one.
    pub entries: Vec<Entry>,
    /// How many call sites are not told, because another version of storyline has made them.
    pub foreign: usize,
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

    /// What is not told, in a sentence, if anything is.
    pub fn missing(&self) -> Option<String> {
        (self.foreign > 0).then(|| format!("{}: not listed", read::foreign(self.foreign)))
    }
}
