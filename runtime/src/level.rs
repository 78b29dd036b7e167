//! Levels, and the compile-time ceiling. Hot: anyone may use it.

use core::fmt;
use core::str::FromStr;

use crate::error::debug_is_display;

/// How much a record matters. The numbers are those of Python's `logging`, with `Trace` below them.
///
/// ```
/// use storyline::Level;
///
/// assert!(Level::Warning < Level::Error);
/// assert_eq!(Level::Warning.number(), 30);
/// assert_eq!("warn".parse(), Ok(Level::Warning));
/// assert_eq!(Level::Warning.to_string(), "WARNING");
///
/// let error = "loud".parse::<Level>().unwrap_err();
/// assert!(error.to_string().starts_with("`loud` is not a level; write one of trace,"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Level {
    /// Every step, for a person who reads the code beside it.
    Trace = 5,
    /// What a developer needs to follow one request.
    Debug = 10,
    /// What happened, in the normal course of things.
    Info = 20,
    /// Something to look at, nothing failed yet.
    Warning = 30,
    /// Something failed.
    Error = 40,
    /// The service itself is in danger.
    Critical = 50,
}

/// What may stand in the parentheses of a call's level. One type alone, so that `.into()` and `.parse()?` find it.
#[diagnostic::on_unimplemented(
    message = "a level in parentheses is a `storyline::Level`, and this is of the type `{Self}`",
    label = "not a `Level`",
    note = "write `(Level::Info)`, a variable of that type, or the name of a level without parentheses, such as `INFO`"
)]
pub trait GivenLevel {
    /// The level.
    fn given(self) -> Level;
}

#[diagnostic::do_not_recommend]
impl GivenLevel for Level {
    #[inline]
    fn given(self) -> Level {
        self
    }
}

/// The level of a call that is known at run time only.
#[inline]
pub fn level<L: GivenLevel>(level: L) -> Level {
    level.given()
}

/// A threshold above every level: nothing passes.
pub(crate) const OFF: u8 = 255;

impl Level {
    /// All levels, lowest first.
    pub const ALL: [Self; 6] = [
        Self::Trace,
        Self::Debug,
        Self::Info,
        Self::Warning,
        Self::Error,
        Self::Critical,
    ];

    /// The names of all, as messages list what may be written.
    pub(crate) const LIST: &str = "trace, debug, info, warning, error, critical";

    /// The number that orders the levels.
    #[inline]
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// Its place among [`ALL`](Self::ALL).
    pub(crate) const fn index(self) -> usize {
        match self {
            Self::Trace => 0,
            Self::Debug => 1,
            Self::Info => 2,
            Self::Warning => 3,
            Self::Error => 4,
            Self::Critical => 5,
        }
    }

    /// The level with this number; `None` for the numbers in between.
    ///
    /// ```
    /// use storyline::Level;
    ///
    /// for level in Level::ALL {
    ///     assert_eq!(Level::from_number(level.number()), Some(level));
    /// }
    /// assert_eq!(Level::from_number(35), None);
    /// ```
    pub const fn from_number(number: u8) -> Option<Self> {
        Some(match number {
            5 => Self::Trace,
            10 => Self::Debug,
            20 => Self::Info,
            30 => Self::Warning,
            40 => Self::Error,
            50 => Self::Critical,
            _ => return None,
        })
    }

    /// The name as records show it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Trace => "TRACE",
            Self::Debug => "DEBUG",
            Self::Info => "INFO",
            Self::Warning => "WARNING",
            Self::Error => "ERROR",
            Self::Critical => "CRITICAL",
        }
    }

    /// Whether this build contains sites of this level at all: set `STORYLINE_MAX_LEVEL` when
    /// building (`critical`, `error`, `warning`, `info`, `debug`, `trace`, or `off`) and the sites below
    /// it leave the binary. Everything is contained when it is not set; another word does not compile.
    ///
    /// ```
    /// use storyline::Level;
    ///
    /// assert!(Level::Debug.is_compiled() <= Level::Error.is_compiled());
    /// ```
    #[inline]
    #[expect(
        clippy::absurd_extreme_comparisons,
        reason = "the ceiling is zero only by default"
    )]
    pub const fn is_compiled(self) -> bool {
        self.number() >= CEILING
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The text is no level. The message names it and the levels there are.
#[derive(Clone, PartialEq, Eq)]
pub struct ParseLevelError(pub(crate) String);

impl fmt::Display for ParseLevelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is not a level; write one of {}",
            self.0.escape_debug(),
            Level::LIST
        )
    }
}

debug_is_display!(ParseLevelError);

impl std::error::Error for ParseLevelError {}

impl FromStr for Level {
    type Err = ParseLevelError;

    /// Any case; `warn` is accepted for `warning`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.eq_ignore_ascii_case("warn") {
            return Ok(Self::Warning);
        }
        Self::ALL
            .into_iter()
            .find(|level| level.name().eq_ignore_ascii_case(text))
            .ok_or_else(|| ParseLevelError(text.to_owned()))
    }
}

/// The lowest level number that this build contains; see [`Level::is_compiled`].
pub(crate) const CEILING: u8 = ceiling(option_env!("STORYLINE_MAX_LEVEL"));

/// The text of the entry that names the ceiling: what a build without optimisation has above it is still in the
/// binary, and no record of it is ever written.
pub(crate) const CEILING_TEXT: &str = match CEILING {
    0 => "c",
    5 => "cTRACE",
    10 => "cDEBUG",
    20 => "cINFO",
    30 => "cWARNING",
    40 => "cERROR",
    50 => "cCRITICAL",
    _ => "cOFF",
};

const fn ceiling(setting: Option<&str>) -> u8 {
    let Some(text) = setting else { return 0 };
    let bytes = text.as_bytes();
    if same(bytes, b"off") {
        return OFF;
    }
    if bytes.is_empty() || same(bytes, b"trace") {
        return 0;
    }
    if same(bytes, b"warn") {
        return Level::Warning as u8;
    }
    let mut next = 0;
    while next < Level::ALL.len() {
        let level = Level::ALL[next];
        if same(bytes, level.name().as_bytes()) {
            return level as u8;
        }
        next += 1;
    }
    panic!("STORYLINE_MAX_LEVEL must be off, critical, error, warning, info, debug or trace")
}

const fn same(left: &[u8], right: &[u8]) -> bool {
    if left.len() != right.len() {
        return false;
    }
    let mut at = 0;
    while at < left.len() {
        if !left[at].eq_ignore_ascii_case(&right[at]) {
            return false;
        }
        at += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_names_of_any_case_and_both_spellings_of_warning() {
        assert_eq!("warn".parse(), Ok(Level::Warning));
        assert_eq!("Warning".parse(), Ok(Level::Warning));
        assert_eq!("CRITICAL".parse(), Ok(Level::Critical));
        assert!("loud".parse::<Level>().is_err());
    }

    #[test]
    fn every_level_knows_its_place() {
        assert_eq!(Level::ALL.map(Level::index), [0, 1, 2, 3, 4, 5]);
    }

    #[test]
    fn the_list_has_every_level() {
        let names = Level::ALL.map(|level| level.name().to_ascii_lowercase());
        assert_eq!(Level::LIST, names.join(", "));
    }

    #[test]
    fn the_ceiling_reads_its_setting() {
        assert_eq!(ceiling(None), 0);
        assert_eq!(ceiling(Some("off")), OFF);
        assert_eq!(ceiling(Some("Warn")), 30);
        assert_eq!(ceiling(Some("error")), 40);
    }
}
