//! A list of directives that cannot be read.

use core::fmt;

use crate::error::debug_is_display;
use crate::level::Level;

/// A list of directives that cannot be read: which word, where, and what to write instead.
///
/// ```
/// let error = storyline::set_directives("info,hyper=lod").unwrap_err();
/// assert_eq!((error.word(), error.position()), ("lod", 11));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct DirectiveError {
    pub(super) word: String,
    pub(super) position: usize,
    pub(super) problem: Problem,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Problem {
    NotALevel,
    NoTarget,
    NoLevel,
    BadTarget,
    Neither,
    Pattern,
    BeforeSetup,
}

impl DirectiveError {
    pub(crate) fn before_setup() -> Self {
        Self {
            word: String::new(),
            position: 0,
            problem: Problem::BeforeSetup,
        }
    }

    /// The word that was not understood; empty when all were.
    pub fn word(&self) -> &str {
        &self.word
    }

    /// Where the word starts, in bytes from the beginning of the text.
    pub fn position(&self) -> usize {
        self.position
    }
}

impl fmt::Display for DirectiveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = self.word.escape_debug();
        let position = self.position;
        match self.problem {
            Problem::BeforeSetup => f.write_str(
                "directives cannot be changed before set-up; give them to `storyline::setup(..).directives(..)`, or call `set_directives` after `start`",
            ),
            Problem::NotALevel => write!(
                f,
                "`{word}` at byte {position} is not a level; write one of {}, off",
                Level::LIST
            ),
            Problem::NoTarget => write!(
                f,
                "`{word}` at byte {position} names no target before `=`; write `target=level`, or the level alone for everything"
            ),
            Problem::NoLevel => write!(
                f,
                "`{word}` at byte {position} names no level after `=`; write `target=level`"
            ),
            Problem::BadTarget => write!(
                f,
                "`{word}` at byte {position} is not a target; write a module path such as `my_crate::db`"
            ),
            Problem::Neither => {
                write!(f, "`{word}` at byte {position} is neither a level nor `target=level`; ")?;
                let is_number = self.word.starts_with(|it: char| it.is_ascii_digit());
                match meant(&self.word) {
                    _ if is_number || !super::is_target(&self.word) => {
                        f.write_str("write parts between commas, as in `info,my_crate=debug`")
                    }
                    Some(level) => write!(
                        f,
                        "write `{level}`, or for everything of a target `{word}=trace`"
                    ),
                    None => write!(f, "for everything of a target write `{word}=trace`"),
                }
            }
            Problem::Pattern => write!(
                f,
                "`{word}` at byte {position} is a pattern for messages, by which nothing is chosen here"
            ),
        }
    }
}

debug_is_display!(DirectiveError);

/// The level that a word begins, goes on from, or has the letters of.
fn meant(word: &str) -> Option<&'static str> {
    let word = word.to_ascii_lowercase();
    let count = |word: &str, letter| word.bytes().filter(|it| *it == letter).count();
    let has_letters_of = |level: &str| {
        let same = |letter| count(level, letter) == count(&word, letter);
        level.len() == word.len() && level.bytes().all(same)
    };
    let is_like = |level: &&str| {
        level.starts_with(&*word) || word.starts_with(level) || has_letters_of(level)
    };
    let mut names = Level::LIST.split(", ");
    let short = || Some("warn").filter(is_like);
    (word.len() > 2).then(|| names.find(is_like).or_else(short))?
}

impl std::error::Error for DirectiveError {}
