//! Directives: which level each target starts at. Cold: read when a site is first reached, when the
//! background thread looks again, and when somebody changes them. Knows nothing of sinks.

mod error;

use crate::level::{Level, OFF};

pub use error::DirectiveError;

use error::Problem;

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

impl Filter {
    /// Reads a list. What it does not mention starts at `default`.
    pub(crate) fn parse(text: &str, default: u8, bare: BareWord) -> Result<Self, DirectiveError> {
        let mut filter = Self::new(default);
        for (word, position) in words(text) {
            filter.add(word, position, bare)?;
        }
        Ok(filter)
    }

    /// Reads a list that others' filters read, too, and leaves out what it cannot read: whatever they
    /// put in brackets, or after a slash. No filter where nothing was left to read.
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
        (any.then_some(filter), skipped)
    }

    fn new(default: u8) -> Self {
        Self {
            default,
            targets: Vec::new(),
        }
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
        let longer = |(known, _): &(String, u8)| known.len() >= target.len();
        let place = self.targets.partition_point(longer);
        self.targets.insert(place, (target.to_owned(), threshold));
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
/// braces or after a slash means something we do not do, and is refused instead of misread.
fn is_target(word: &str) -> bool {
    !word.is_empty()
        && word
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | ':' | '-' | '.'))
}

#[cfg(test)]
mod tests;
