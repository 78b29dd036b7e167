//! A sink as `setup` takes it: where to, in which format, from which level on.

use core::fmt;

use super::{Console, File, Memory, OpenError, Sink};
use crate::format::{Format, Line};
use crate::level::Level;
use crate::scrub::Scrubbed;

/// One sink with its own format and level. Made by the functions of [`sink`](crate::sink).
///
/// ```
/// use storyline::sink::{self, Memory};
/// use storyline::{Level, format};
///
/// let (all, bad) = (Memory::new(), Memory::new());
/// let guard = storyline::setup("shop")
///     .sink(sink::memory(&all))
///     .sink(sink::memory(&bad).format(format::Logfmt::default()).level(Level::Error))
///     .start()?;
/// storyline::info!("order_created");
/// storyline::error!("order_lost");
/// guard.flush(std::time::Duration::from_secs(1))?;
/// assert_eq!(all.records().len(), 2);
/// assert_eq!(bad.records().len(), 1);
/// assert!(bad.lines()[0].contains("level=error service=shop"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use = "pass it to `setup(..).sink(..)`"]
pub struct Output<K> {
    pub(super) kind: K,
    format: Option<Box<dyn Format>>,
    level: Option<Level>,
    scrubbed: bool,
}

impl<K> Output<K> {
    pub(super) fn new(kind: K) -> Self {
        Self {
            kind,
            format: None,
            level: None,
            scrubbed: false,
        }
    }

    /// How records look here. Without it: lines, and on a terminal [`Pretty`](crate::format::Pretty).
    pub fn format(mut self, format: impl Format + 'static) -> Self {
        self.format = Some(Box::new(format));
        self
    }

    pub(crate) fn format_boxed(mut self, format: Box<dyn Format>) -> Self {
        self.format = Some(format);
        self
    }

    /// The lowest level that is written here. Without it: whatever the directives let through. It takes
    /// away from that and adds nothing. Reports of this sink's own losses are written at any level, and to a
    /// file what the recorder has to say: `process_died` and the like.
    pub fn level(mut self, level: Level) -> Self {
        self.level = Some(level);
        self
    }
}

impl<K> Output<K> {
    /// Leaves out of values what looks like a secret: numbers of payment cards (by issuer, length and check
    /// digit), US social security numbers with their dashes or spaces, JSON web tokens, private keys, keys of
    /// clouds and services that can be told by how they begin. In their place stand `[card]`, `[ssn]`, `[jwt]`,
    /// `[private_key]`, `[key]`; texts, structures, messages, request ids and integers are looked at, whatever
    /// the format.
    ///
    /// It is the last net, and a net: a secret without such a form passes, and some number of an order has the
    /// form of a card's. A value that is longer than a record allows is cut before it comes here, so of a secret
    /// at the cut the front is left, which has no such form any more and is written; of a private key nothing is. The background thread does it, so a call costs nothing more, and the flight recorder's
    /// files hold what was logged as it was logged. Records that are recovered pass the scrubber of the sink
    /// that writes them, or of the one that would have.
    ///
    /// ```
    /// use storyline::sink::{self, Memory};
    ///
    /// let memory = Memory::new();
    /// let guard = storyline::setup("shop").sink(sink::memory(&memory).scrubbed()).start()?;
    /// let note = "paid with 4111 1111 1111 1111";
    /// storyline::info!("order_paid", note, reference = 4111_1111_1111_1111_u64, amount = 500);
    /// guard.flush(std::time::Duration::from_secs(1))?;
    /// assert!(memory.lines()[0].ends_with(r#"note="paid with [card]" reference="[card]" amount=500"#));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn scrubbed(mut self) -> Self {
        self.scrubbed = true;
        self
    }
}

impl<K: fmt::Debug> fmt::Debug for Output<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Output")
            .field("kind", &self.kind)
            .field("level", &self.level)
            .field("scrubbed", &self.scrubbed)
            .finish_non_exhaustive()
    }
}

/// A sink of your own, with its name. Made by [`custom`](super::custom).
pub struct Custom {
    name: String,
    sink: Box<dyn Sink>,
}

impl Custom {
    pub(super) fn new(name: String, sink: Box<dyn Sink>) -> Self {
        Self { name, sink }
    }
}

impl fmt::Debug for Custom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Custom")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// What the background thread needs of a sink.
pub(crate) struct Parts {
    pub(crate) name: String,
    pub(crate) level: Option<Level>,
    pub(crate) format: Box<dyn Format>,
    pub(crate) sink: Box<dyn Sink>,
}

impl Parts {
    /// The lowest level number that is written there.
    pub(crate) fn threshold(&self) -> u8 {
        self.level.map_or(0, Level::number)
    }
}

/// The name, the format and the opened sink.
type Ready = (String, Box<dyn Format>, Box<dyn Sink>);

/// What kinds of sink there are. Sealed; a sink of your own goes through [`custom`](super::custom).
pub trait Kind: Sized + Send + 'static + sealed::Sealed {
    /// Opens what can be opened now, so that a mistake is found by `start`.
    #[doc(hidden)]
    fn prepare(self, format: Option<Box<dyn Format>>) -> Result<Ready, OpenError>;
}

mod sealed {
    pub trait Sealed {}
}

impl sealed::Sealed for Console {}
impl sealed::Sealed for File {}
impl sealed::Sealed for Memory {}
impl sealed::Sealed for Custom {}

impl<K: Kind> Output<K> {
    pub(crate) fn open(self) -> Result<Parts, OpenError> {
        let (name, mut format, sink) = self.kind.prepare(self.format)?;
        if self.scrubbed {
            // Around all else, so that what memory keeps is scrubbed, too.
            format = Box::new(Scrubbed::boxed(format));
        }
        Ok(Parts {
            name,
            level: self.level,
            format,
            sink,
        })
    }
}

fn line() -> Box<dyn Format> {
    Box::new(Line::default())
}

impl Kind for Console {
    fn prepare(self, format: Option<Box<dyn Format>>) -> Result<Ready, OpenError> {
        let format = format.unwrap_or_else(|| self.default_format());
        Ok((self.name().to_owned(), format, Box::new(self)))
    }
}

impl Kind for File {
    fn prepare(mut self, format: Option<Box<dyn Format>>) -> Result<Ready, OpenError> {
        self.open_now()?;
        let name = self.path().display().to_string();
        Ok((name, format.unwrap_or_else(line), Box::new(self)))
    }
}

impl Kind for Memory {
    fn prepare(self, format: Option<Box<dyn Format>>) -> Result<Ready, OpenError> {
        let format = self.keeping_records(format.unwrap_or_else(line));
        Ok(("memory".to_owned(), format, Box::new(self)))
    }
}

impl Kind for Custom {
    fn prepare(self, format: Option<Box<dyn Format>>) -> Result<Ready, OpenError> {
        Ok((self.name, format.unwrap_or_else(line), self.sink))
    }
}
