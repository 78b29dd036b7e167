//! The captures that run user code at the call: `display`, `debug`, `serde`, `error`. The text goes
//! into the thread's scratch before any ring space is reserved, so the code may log, and a panic in it
//! becomes part of the text. Hot.
//!
//! A panic is caught here, yet Rust reports it to the process's panic hook first: the hook that
//! `setup` installs stays silent for it, any other hook still hears of it.

#[cfg(test)]
mod tests;

use core::error::Error;
use core::fmt::{self, Debug, Display, Write};

use serde_core::Serialize;

use super::json;
use crate::scratch::{self, Scratch};
use crate::secret::{TABLE_ALONE, Words};
use crate::wire::{self, Encode, Json, Kind, One, Out, sealed};

/// Text that was rendered at the call.
#[derive(Debug)]
pub struct Rendered {
    scratch: Scratch,
    structure: bool,
}

impl Rendered {
    fn as_wire(&self) -> Result<Json<'_>, wire::Rendered<'_>> {
        let rendered = self.scratch.rendered();
        // A structure that was cut is no structure any more.
        if self.structure && rendered.original_len == rendered.text.len() as u64 {
            Ok(Json(rendered.text))
        } else {
            Err(rendered)
        }
    }

    #[cfg(test)]
    pub(crate) fn text(&self) -> &str {
        self.scratch.rendered().text
    }
}

impl sealed::Sealed for Rendered {}
impl Encode for Rendered {
    type Kinds = One<{ Kind::Str as u8 }>;

    fn size(&self, limit: usize) -> usize {
        match self.as_wire() {
            Ok(json) => json.size(limit),
            Err(text) => text.size(limit),
        }
    }

    fn encode(&self, limit: usize, out: &mut Out<'_>) {
        match self.as_wire() {
            Ok(json) => json.encode(limit, out),
            Err(text) => text.encode(limit, out),
        }
    }
}

/// Renders text of our own.
pub(crate) fn rendered(write: &mut dyn FnMut(&mut dyn Write) -> fmt::Result) -> Rendered {
    Rendered {
        scratch: scratch::render(write),
        structure: false,
    }
}

/// The capture `%value` and `key: display`.
pub fn capture_display<T: ShowDisplay + ?Sized>(value: &T) -> Rendered {
    rendered(&mut |out| value.show_value(out))
}

/// The capture `?value` and `key: debug`.
pub fn capture_debug<T: ShowDebug + ?Sized>(value: &T) -> Rendered {
    rendered(&mut |out| value.show_value(out))
}

/// The capture `key: serde`.
pub fn capture_serde<T: ShowStructure + ?Sized>(value: &T) -> Rendered {
    capture_serde_by(value, &TABLE_ALONE)
}

/// The same in a package that says something of names itself.
pub fn capture_serde_by<T: ShowStructure + ?Sized>(value: &T, words: &'static Words) -> Rendered {
    let mut structure = true;
    let scratch = scratch::render(&mut |out| value.show_value(words, out, &mut structure));
    // What a panic left behind is a message.
    let structure = structure && !scratch.rendered().text.starts_with('<');
    Rendered { scratch, structure }
}

/// The capture `key: error`.
pub fn capture_error<Kind, T: ShowError<Kind> + ?Sized>(value: &T) -> Rendered {
    rendered(&mut |out| show_chain(value.shown_error(), out))
}

/// What `%value` shows. No method of these traits has a name that a user's method may have: the compiler would propose
/// ours for types that have none.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no `Display` that `%` could show",
    label = "does not implement `Display`",
    note = "for a secret, write `key: redact = value`, or `key: hash = value` to tell equal ones",
    note = "for anything else, write `?value` for its Debug, or `key: serde = value` to keep its structure; of one that derives `Fields`, `..value` records the members"
)]
pub trait ShowDisplay {
    /// Writes the text.
    ///
    /// # Errors
    ///
    /// When the writer or the value gives one.
    fn show_value(&self, out: &mut dyn Write) -> fmt::Result;
}

#[diagnostic::do_not_recommend]
impl<T: Display + ?Sized> ShowDisplay for T {
    fn show_value(&self, out: &mut dyn Write) -> fmt::Result {
        write!(out, "{self}")
    }
}

/// What `?value` shows.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no `Debug` that `?` could show",
    label = "does not implement `Debug`",
    note = "write `%value` for its Display, or derive `Debug` for the type; of one that derives `Fields`, `..value` records the members"
)]
pub trait ShowDebug {
    /// Writes the text.
    ///
    /// # Errors
    ///
    /// When the writer or the value gives one.
    fn show_value(&self, out: &mut dyn Write) -> fmt::Result;
}

#[diagnostic::do_not_recommend]
impl<T: Debug + ?Sized> ShowDebug for T {
    fn show_value(&self, out: &mut dyn Write) -> fmt::Result {
        write!(out, "{self:?}")
    }
}

/// What `key: serde` keeps.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no structure that `serde` could keep",
    label = "does not implement `serde::Serialize`",
    note = "for a secret, write `key: redact = value`, or `key: hash = value` to tell equal ones",
    note = "for anything else, derive `Serialize` for the type, or write `?value` for its Debug; of one that derives `Fields`, `..value` records the members"
)]
pub trait ShowStructure {
    /// Writes JSON, its keys judged by these words, too; or says by `structure` that it is a message instead.
    ///
    /// # Errors
    ///
    /// When the writer gives one.
    fn show_value(
        &self,
        words: &'static Words,
        out: &mut dyn Write,
        structure: &mut bool,
    ) -> fmt::Result;
}

#[diagnostic::do_not_recommend]
impl<T: Serialize + ?Sized> ShowStructure for T {
    fn show_value(
        &self,
        words: &'static Words,
        out: &mut dyn Write,
        structure: &mut bool,
    ) -> fmt::Result {
        match json::write(self, words, out) {
            Ok(()) => Ok(()),
            Err(json::Error::Write) => Err(fmt::Error),
            Err(json::Error::Value(message)) => {
                *structure = false;
                write!(out, "<not serialized: {message}>")
            }
        }
    }
}

/// What `key: error` follows: errors, boxed errors, and reports that give a reference to one. `Kind`
/// only tells the implementations apart.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an error whose causes could be followed",
    label = "does not implement `std::error::Error`",
    note = "for a secret, write `key: redact = value`, or `key: hash = value` to tell equal ones",
    note = "for anything else, write `%value` for its Display or `?value` for its Debug"
)]
pub trait ShowError<Kind> {
    /// The error itself.
    fn shown_error(&self) -> &(dyn Error + '_);
}

/// The value is an error.
#[derive(Debug)]
pub struct Plain;
/// The value is a box with an error.
#[derive(Debug)]
pub struct Boxed;
/// The value holds an error and can be turned into one, like the reports of `anyhow` and `eyre`.
#[derive(Debug)]
pub struct Report;

#[diagnostic::do_not_recommend]
impl<T: Error> ShowError<Plain> for T {
    fn shown_error(&self) -> &(dyn Error + '_) {
        self
    }
}

#[diagnostic::do_not_recommend]
impl ShowError<Plain> for dyn Error + '_ {
    fn shown_error(&self) -> &(dyn Error + '_) {
        self
    }
}

macro_rules! boxed {
    ($($type:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl ShowError<Boxed> for $type {
            fn shown_error(&self) -> &(dyn Error + '_) {
                self.as_ref()
            }
        }
    )*};
}

boxed!(
    Box<dyn Error>,
    Box<dyn Error + Send>,
    Box<dyn Error + Send + Sync>,
    &Box<dyn Error>,
    &Box<dyn Error + Send>,
    &Box<dyn Error + Send + Sync>
);

#[diagnostic::do_not_recommend]
impl<T> ShowError<Report> for T
where
    T: AsRef<dyn Error + 'static> + Into<Box<dyn Error + Send + Sync>>,
{
    fn shown_error(&self) -> &(dyn Error + '_) {
        self.as_ref()
    }
}

/// Errors that name themselves as their cause end here.
const MOST_CAUSES: usize = 32;

/// `what failed: why: why that`. A cause that the text in front of it tells already is left out.
pub(crate) fn show_chain(error: &dyn Error, out: &mut dyn Write) -> fmt::Result {
    let mut told = scratch::render(&mut |out| write!(out, "{error}"));
    out.write_str(told.rendered().text)?;
    let mut next = error.source();
    for _ in 0..MOST_CAUSES {
        let Some(cause) = next else { break };
        let text = scratch::render(&mut |out| write!(out, "{cause}"));
        if !told.rendered().text.contains(text.rendered().text) {
            out.write_str(": ")?;
            out.write_str(text.rendered().text)?;
            told = text;
        }
        next = cause.source();
    }
    Ok(())
}
