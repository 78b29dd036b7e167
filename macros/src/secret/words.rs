//! Judges a name by its words, never by parts of words: `monkey` holds no `key`, `author` no `auth`.

use core::ops::Range;

use super::spelling::split;
use super::table::{COMPOUNDS, TABLE, Table};

/// What a package says beyond the table, in the table's own form: words in lower case with a space between.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Extra<'a> {
    /// Phrases that are secrets, too, whatever the table calls harmless.
    pub(crate) forbid: &'a [&'a str],
    /// Whole names, or whole parts of a dotted name, that are none.
    pub(crate) allow: &'a [&'a str],
}

/// The words of a name that tell of a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) words: String,
    /// The package forbids them, and not the table.
    pub(crate) by_package: bool,
}

/// The secret that a name tells of; `None` for a harmless name.
pub(crate) fn secret_in(name: &str, extra: Extra<'_>) -> Option<Found> {
    secret_by(&TABLE, name, extra)
}

/// The same by other rows.
pub(super) fn secret_by(table: &Table<'_>, name: &str, extra: Extra<'_>) -> Option<Found> {
    Name::new(name).judge(table, extra, |_| true)
}

/// The secret that a name tells of only where it is a member of what this key holds: `number` of a `card`, or of
/// one of `cards`.
pub(crate) fn secret_under(holder: &str, member: &str, extra: Extra<'_>) -> Option<Found> {
    let judge = |holder: &str| {
        let edge = Name::new(holder).words.len();
        let reaches_over = |words: &Range<usize>| words.start < edge && words.end > edge;
        Name::new(&format!("{holder}.{member}")).judge(&TABLE, extra, reaches_over)
    };
    judge(holder).or_else(|| {
        singulars(holder)
            .into_iter()
            .flatten()
            .find_map(|it| judge(&it))
    })
}

/// Whether there may be such members at all: the last word goes on in some phrase.
pub(crate) fn is_holder(name: &str, extra: Extra<'_>) -> bool {
    let words = split(name);
    let Some(last) = words.last() else {
        return false;
    };
    let single = singulars(last);
    let goes_on = |word: &str| word == last || single.iter().flatten().any(|it| it == word);
    let mut phrases = COMPOUNDS.iter().chain(extra.forbid);
    phrases.any(|phrase| phrase.split(' ').rev().skip(1).any(goes_on))
}

/// What a name may be the plural of: `card` of `cards`, `pass` of `passes`, `company` of `companies`.
fn singulars(name: &str) -> [Option<String>; 3] {
    [
        name.strip_suffix(['s', 'S']).map(str::to_owned),
        name.strip_suffix("es").map(str::to_owned),
        name.strip_suffix("ies").map(|stem| format!("{stem}y")),
    ]
}

/// A name as its words. A phrase may reach over a dot (`card.number`), an excuse may come after one
/// (`token.count`).
struct Name {
    words: Vec<String>,
    /// For each word, where its part between two dots begins.
    starts: Vec<usize>,
    /// Each part is one word: the dots are a way of writing, as in `can.reset.password`.
    is_one: bool,
}

impl Name {
    fn new(name: &str) -> Self {
        let mut words = Vec::new();
        let mut starts = Vec::new();
        for segment in name.split('.') {
            let start = words.len();
            words.extend(split(segment));
            starts.resize(words.len(), start);
        }
        let is_one = starts.iter().enumerate().all(|(at, start)| at == *start);
        Self {
            words,
            starts,
            is_one,
        }
    }

    /// The first secret among those of its words that count.
    fn judge(
        &self,
        table: &Table<'_>,
        extra: Extra<'_>,
        counts: impl Fn(&Range<usize>) -> bool,
    ) -> Option<Found> {
        let of_package =
            |rest: &[String]| longest(extra.forbid, rest).or_else(|| joined(extra.forbid, rest));
        self.find(table, extra, true, &counts, of_package)
            .or_else(|| self.find(table, extra, false, &counts, |rest| hit(table, rest)))
    }

    fn find(
        &self,
        table: &Table<'_>,
        extra: Extra<'_>,
        by_package: bool,
        counts: impl Fn(&Range<usize>) -> bool,
        hit: impl Fn(&[String]) -> Option<usize>,
    ) -> Option<Found> {
        let mut at = 0;
        while let Some(rest) = self.words.get(at..).filter(|rest| !rest.is_empty()) {
            if !by_package && let Some(harmless) = longest(table.harmless, rest) {
                // A longer secret wins over a shorter harmless phrase at the same place.
                if longest(table.compounds, rest).is_none_or(|secret| secret < harmless) {
                    at += harmless;
                    continue;
                }
            }
            let Some(length) = hit(rest) else {
                at += 1;
                continue;
            };
            let end = at + length;
            let start = if self.is_one { 0 } else { self.starts[at] };
            let excused = is_excused(table, &self.words, start, at, length);
            if counts(&(at..end)) && !excused && !self.is_allowed(extra.allow, at, end) {
                let words = self.words[at..end].join("_");
                return Some(Found { words, by_package });
            }
            at = end;
        }
        None
    }

    /// Whether one of the names is the whole of the parts that the words from `at` to `end` stand in.
    fn is_allowed(&self, names: &[&str], at: usize, end: usize) -> bool {
        let is_edge = |it: usize| self.starts.get(it).is_none_or(|start| *start == it);
        let mut ends = (end..=self.words.len()).filter(|it| is_edge(*it));
        !names.is_empty()
            && ends.any(|end| {
                let mut starts = (0..=at).filter(|it| is_edge(*it));
                starts.any(|start| names.contains(&self.words[start..end].join(" ").as_str()))
            })
    }
}

/// How many words of `rest` are a secret.
fn hit(table: &Table<'_>, rest: &[String]) -> Option<usize> {
    longest(table.compounds, rest).or_else(|| {
        let word = rest.first()?.as_str();
        let forbidden = table.words.contains(&word)
            || table.squashed.iter().any(|ending| word.ends_with(ending));
        forbidden.then_some(1)
    })
}

/// The length of the longest phrase that stands at the front of `rest`; its last word may be plural, and
/// a number may stand between its words: `api2key`.
fn longest(phrases: &[&str], rest: &[String]) -> Option<usize> {
    // A plural begins like its word.
    let first = rest.first()?.as_bytes().first();
    phrases
        .iter()
        .filter(|phrase| phrase.as_bytes().first() == first)
        .filter_map(|phrase| {
            let mut length = 0;
            let mut expected = phrase.split(' ').peekable();
            while let Some(word) = expected.next() {
                let mut found = rest.get(length)?.as_str();
                if length > 0 && found != word && found.bytes().all(|it| it.is_ascii_digit()) {
                    length += 1;
                    found = rest.get(length)?.as_str();
                }
                let is_last = expected.peek().is_none();
                if found != word && !(is_last && found == plural(word)) {
                    return None;
                }
                length += 1;
            }
            Some(length)
        })
        .max()
}

/// One word that ends with a phrase whose words were joined: `usermembernumber`. A word that is forbidden alone is
/// no ending: `rate` is none of `separate`.
fn joined(phrases: &[&str], rest: &[String]) -> Option<usize> {
    let word = rest.first()?;
    let ends = |phrase: &&str| {
        let ending = phrase.replace(' ', "");
        phrase.contains(' ') && (word.ends_with(&ending) || word.ends_with(&plural(&ending)))
    };
    phrases.iter().any(ends).then_some(1)
}

/// `keys`, `bodies`, `addresses`
pub(super) fn plural(word: &str) -> String {
    if let Some(stem) = word.strip_suffix('y')
        && !stem.ends_with(['a', 'e', 'o', 'u'])
    {
        return format!("{stem}ies");
    }
    let hisses = ["s", "x", "z", "ch", "sh"];
    let ending = if hisses.iter().any(|it| word.ends_with(it)) {
        "es"
    } else {
        "s"
    };
    format!("{word}{ending}")
}

/// Whether the words around a secret say that it is talked about and not shown. `start` is where the
/// secret's own segment begins: `has_x.password` is not `x.has_password`.
fn is_excused(table: &Table<'_>, words: &[String], start: usize, at: usize, length: usize) -> bool {
    let is = |list: &[&str], word: Option<&String>| {
        word.is_some_and(|word| list.contains(&word.as_str()))
    };
    let first = words.get(start).filter(|_| start < at);
    let before = at.checked_sub(1).and_then(|index| words.get(index));
    let next = words.get(at + length);
    let last = words[at + length..].last();
    is(table.before, first)
        || is(table.before, before)
        || is(table.beside, before)
        || (is(table.with_verb, first) && at > start + 1)
        || is(table.about, next)
        || is(table.measures, next)
        || is(table.measures, last)
        || is(table.ends, last)
}
