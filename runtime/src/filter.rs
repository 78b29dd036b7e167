//! Directives: which level each target starts at. Cold: read when a site is first reached, when the
//! background thread looks again, and when somebody changes them. Knows nothing of sinks.

use core::fmt;

use crate::error::debug_is_display;
use crate::level::{Level, OFF};

/// What a list such as `info,hyper=warn,my_crate::db=debug` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Filter {
    default: u8,
    /// Longest target first, so that the first match is the closest one.
    targets: Vec<(String, u8)>,
}

/// What a word without `=` that is no level means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BareWord {
    /// A mistake.
    Refused,
    /// A target, all of it, as `env_logger` reads `RUST_LOG`.
    Target,
}

/// A list of directives that cannot be read: which word, where, and what to write instead.
///
/// ```
/// let error = storyline::set_directives("info,hyper=lod").unwrap_err();
/// assert_eq!((error.word(), error.position()), ("lod", 11));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct DirectiveError {
    word: String,
    position: usize,
    problem: Problem,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Problem {
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
                "directives cannot be changed before set-up; give them to `storyline::setup(..).directives(..)`, or call `set_directives` behind `start`",
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
            Problem::Neither => write!(
                f,
                "`{word}` at byte {position} is neither a level nor `target=level`; for everything of a target write `{word}=trace`"
            ),
            Problem::Pattern => write!(
                f,
                "`{word}` at byte {position} is a pattern for messages, by which nothing is chosen here"
            ),
        }
    }
}

debug_is_display!(DirectiveError);

impl std::error::Error for DirectiveError {}

impl Filter {
    /// Reads a list. What it does not mention starts at `default`.
    pub(crate) fn parse(text: &str, default: u8, bare: BareWord) -> Result<Self, DirectiveError> {
        let mut filter = Self::new(default);
        for (word, position) in words(text) {
            filter.add(word, position, bare)?;
        }
        filter.sort();
        Ok(filter)
    }

    /// Reads a list that others' filters read, too, and leaves out what it cannot read: whatever they
    /// put in brackets, or behind a slash. No filter where nothing was left to read.
    pub(crate) fn parse_foreign(text: &str, default: u8) -> (Option<Self>, Vec<Skipped>) {
        let mut filter = Self::new(default);
        let mut any = false;
        let mut skipped = Vec::new();
        let (list, pattern) = text.split_at(text.find('/').unwrap_or(text.len()));
        for (word, position) in words(list) {
            match filter.add(word, position, BareWord::Target) {
                Ok(()) => any = true,
                Err(error) => skipped.push(Skipped::new(word, &error)),
            }
        }
        if !pattern.is_empty() {
            let error = DirectiveError {
                word: pattern.to_owned(),
                position: list.len(),
                problem: Problem::Pattern,
            };
            skipped.push(Skipped::new(pattern, &error));
        }
        filter.sort();
        (any.then_some(filter), skipped)
    }

    fn new(default: u8) -> Self {
        Self {
            default,
            targets: Vec::new(),
        }
    }

    fn sort(&mut self) {
        // Stable: of two directives for one target the later was put in front.
        self.targets
            .sort_by_key(|(target, _)| core::cmp::Reverse(target.len()));
    }

    fn add(&mut self, word: &str, position: usize, bare: BareWord) -> Result<(), DirectiveError> {
        let wrong = |word: &str, position, problem| {
            Err(DirectiveError {
                word: word.to_owned(),
                position,
                problem,
            })
        };
        let Some((target, level)) = word.split_once('=') else {
            if let Some(level) = threshold(word) {
                self.default = level;
                return Ok(());
            }
            if bare == BareWord::Target && is_target(word) {
                self.set(word, Level::Trace.number());
                return Ok(());
            }
            return wrong(word, position, Problem::Neither);
        };
        let level_position = position + target.len() + 1 + (level.len() - level.trim_start().len());
        let (target, level) = (target.trim(), level.trim());
        if target.is_empty() {
            return wrong(word, position, Problem::NoTarget);
        }
        if !is_target(target) {
            return wrong(target, position, Problem::BadTarget);
        }
        if level.is_empty() {
            return wrong(word, position, Problem::NoLevel);
        }
        match threshold(level) {
            Some(number) => self.set(target, number),
            None => return wrong(level, level_position, Problem::NotALevel),
        }
        Ok(())
    }

    fn set(&mut self, target: &str, threshold: u8) {
        self.targets.retain(|(known, _)| known != target);
        self.targets.push((target.to_owned(), threshold));
    }

    /// The lowest level number that passes for a target; [`OFF`] when none does.
    pub(crate) fn threshold(&self, target: &str) -> u8 {
        self.targets
            .iter()
            .find(|(prefix, _)| covers(prefix, target))
            .map_or(self.default, |&(_, threshold)| threshold)
    }
}

/// A part of a foreign list that was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Skipped {
    pub(crate) part: String,
    pub(crate) reason: String,
}

impl Skipped {
    fn new(part: &str, error: &DirectiveError) -> Self {
        Self {
            part: part.to_owned(),
            reason: error.to_string(),
        }
    }
}

/// The parts of a list that say something, each with its position.
fn words(text: &str) -> impl Iterator<Item = (&str, usize)> {
    let mut start = 0;
    text.split(',').filter_map(move |part| {
        let position = start + (part.len() - part.trim_start().len());
        start += part.len() + 1;
        let word = part.trim();
        (!word.is_empty()).then_some((word, position))
    })
}

/// Whether a directive for `prefix` speaks of `target`: the same path or one below it.
fn covers(prefix: &str, target: &str) -> bool {
    target
        .strip_prefix(prefix)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

fn threshold(word: &str) -> Option<u8> {
    if word.eq_ignore_ascii_case("off") {
        return Some(OFF);
    }
    word.parse::<Level>().ok().map(Level::number)
}

/// Anything a `target = "..."` may reasonably hold; what other crates' filters put in brackets,
/// braces or behind a slash means something we do not do, and is refused instead of misread.
fn is_target(word: &str) -> bool {
    !word.is_empty()
        && word
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | ':' | '-' | '.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const INFO: u8 = Level::Info.number();

    fn read(text: &str) -> Filter {
        Filter::parse(text, INFO, BareWord::Refused).expect(text)
    }

    fn refused(text: &str) -> DirectiveError {
        Filter::parse(text, INFO, BareWord::Refused).expect_err(text)
    }

    #[test]
    fn the_closest_target_decides() {
        let filter = read("warn,app=info,app::db=debug,noisy=off");
        assert_eq!(filter.threshold("other"), 30);
        assert_eq!(filter.threshold("app"), 20);
        assert_eq!(filter.threshold("app::web::login"), 20);
        assert_eq!(filter.threshold("app::db"), 10);
        assert_eq!(filter.threshold("app::db::pool"), 10);
        assert_eq!(filter.threshold("noisy::inner"), OFF);
    }

    #[test]
    fn a_target_is_a_path_and_not_the_start_of_a_word() {
        let filter = read("hyper=error");
        assert_eq!(filter.threshold("hyper::client"), 40);
        assert_eq!(filter.threshold("hyperactive"), INFO);
    }

    #[test]
    fn the_last_of_two_for_one_target_wins_and_spaces_do_not_matter() {
        let filter = read(" app = debug , app=error,, ");
        assert_eq!(filter.threshold("app"), 40);
        assert_eq!(filter.threshold("x"), INFO);
        assert_eq!(read("").threshold("x"), INFO);
    }

    #[test]
    fn mistakes_name_the_word_and_its_place() {
        let error = refused("info,hyper=lod");
        assert_eq!((error.word(), error.position()), ("lod", 11));
        let error = refused("info, inof");
        assert_eq!((error.word(), error.position()), ("inof", 6));
        assert!(error.to_string().contains("`inof=trace`"), "{error}");
        assert_eq!(refused("=info").position(), 0);
        assert_eq!(refused("app=").word(), "app=");
        assert_eq!(refused("app[span]=info").word(), "app[span]");
        assert_eq!(refused("a=b=c").word(), "b=c");
    }

    #[test]
    fn a_foreign_list_is_read_as_far_as_it_is_ours() {
        let parts = |text| {
            let (filter, skipped) = Filter::parse_foreign(text, INFO);
            let parts: Vec<_> = skipped.into_iter().map(|it| it.part).collect();
            (filter, parts)
        };
        let (filter, skipped) = parts("warn, tower[request]=debug ,my_app,db=debug/a,b");
        let filter = filter.expect("three were read");
        assert_eq!(filter.threshold("x"), 30);
        assert_eq!(filter.threshold("my_app"), 5);
        assert_eq!(filter.threshold("db"), 10);
        assert_eq!(filter.threshold("tower"), 30);
        assert_eq!(skipped, ["tower[request]=debug", "/a,b"]);
        let (filter, skipped) = parts("[request]=debug");
        assert_eq!((filter, skipped.len()), (None, 1));
        assert_eq!(parts("info").1, Vec::<String>::new());
    }

    #[test]
    fn a_bare_target_is_read_where_others_read_it() {
        let filter = Filter::parse("my_app", INFO, BareWord::Target).expect("a target");
        assert_eq!(filter.threshold("my_app::x"), 5);
        assert_eq!(filter.threshold("other"), INFO);
        assert!(Filter::parse("my app", INFO, BareWord::Target).is_err());
    }
}
