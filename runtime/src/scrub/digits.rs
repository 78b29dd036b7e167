//! Digits in text: groups of them that a card or a social security number is written in.

use super::card::{LONGEST, SHORTEST, is_card_number};
use super::find::Kind;

/// How many groups are looked at together.
const GROUPS: usize = 5;

/// How the digits of cards are grouped. Longer ones first: one may be the beginning of another.
const GROUPED: &[&[usize]] = &[
    &[4, 4, 4, 4, 3],
    &[4, 4, 4, 4],
    &[4, 4, 4, 3],
    &[4, 4, 4, 2],
    &[4, 6, 5],
    &[4, 6, 4],
    &[8, 8],
];

/// Between two groups: spaces, also those that do not break a line and those of a URL; dashes of every length.
const SPACES: &[&[u8]] = &[
    b" ",
    b"%20",
    "\u{a0}".as_bytes(),
    "\u{2007}".as_bytes(),
    "\u{2009}".as_bytes(),
    "\u{202f}".as_bytes(),
];
const DASHES: &[&[u8]] = &[
    b"-",
    "\u{2010}".as_bytes(),
    "\u{2011}".as_bytes(),
    "\u{2012}".as_bytes(),
    "\u{2013}".as_bytes(),
    "\u{2014}".as_bytes(),
    "\u{2212}".as_bytes(),
];
/// Of cards alone: a version and a telephone number have groups of three, two and four.
const OTHERS: &[&[u8]] = &[b".", b"+"];

/// Groups of digits with the same single separator between them, from `start` on, where a word begins.
struct Groups<'a> {
    text: &'a [u8],
    start: usize,
    lens: [usize; GROUPS],
    ends: [usize; GROUPS],
    count: usize,
    separator: Option<&'static [u8]>,
}

/// The number that begins here: where it ends, and what it is.
pub(super) fn at(text: &[u8], start: usize) -> Option<(usize, Kind)> {
    let before = byte_before(text, start, 1);
    // A telephone number, or the decimals of another number.
    if before == b'+' || (before == b'.' && byte_before(text, start, 2).is_ascii_digit()) {
        return None;
    }
    let groups = Groups::read(text, start);
    groups.card().or_else(|| groups.social_security())
}

impl<'a> Groups<'a> {
    fn read(text: &'a [u8], start: usize) -> Self {
        let mut groups = Self {
            text,
            start,
            lens: [0; GROUPS],
            ends: [0; GROUPS],
            count: 0,
            separator: None,
        };
        let mut from = start;
        while groups.count < GROUPS {
            let digits = text[from..].iter().take(LONGEST + 1);
            let len = digits.take_while(|it| it.is_ascii_digit()).count();
            if len == 0 || len > LONGEST {
                break;
            }
            let end = from + len;
            groups.lens[groups.count] = len;
            groups.ends[groups.count] = end;
            groups.count += 1;
            let Some(separator) = separator_of(&text[end..]) else {
                break;
            };
            if groups.separator.is_some_and(|it| it != separator) {
                break;
            }
            groups.separator = Some(separator);
            from = end + separator.len();
        }
        groups
    }

    fn card(&self) -> Option<(usize, Kind)> {
        let lens = &self.lens[..self.count];
        let of_grouped = GROUPED
            .iter()
            .filter(|lens_of| lens.starts_with(lens_of))
            .map(|lens_of| self.ends[lens_of.len() - 1])
            .find(|end| self.is_apart(*end) && self.is_card(*end));
        let of_one = || {
            let end = self.ends[0];
            let fits = (SHORTEST..=LONGEST).contains(&self.lens[0]);
            (fits && ends_word(self.text, end) && self.is_card(end)).then_some(end)
        };
        of_grouped.or_else(of_one).map(|end| (end, Kind::Card))
    }

    /// Nothing that has one is issued with an area of 000, 666 or 9xx, a group of 00 or a serial of 0000.
    fn social_security(&self) -> Option<(usize, Kind)> {
        let fits = self.separator.is_some_and(|it| !OTHERS.contains(&it));
        if !fits || !self.lens[..self.count].starts_with(&[3, 2, 4]) {
            return None;
        }
        let end = self.ends[2];
        let digits = self.number(end);
        let (area, group, serial) = (digits / 1_000_000, digits / 10_000 % 100, digits % 10_000);
        let issued = !matches!(area, 0 | 666 | 900..) && group != 0 && serial != 0;
        let alone = ends_word(self.text, end) && self.begins_run() && !self.goes_on(end);
        (issued && alone).then_some((end, Kind::SocialSecurity))
    }

    /// Whether a grouped number ends here. Only spaces may have something else around them: a UUID has such groups
    /// between its dashes.
    fn is_apart(&self, end: usize) -> bool {
        let among_words = self.separator.is_some_and(|it| SPACES.contains(&it));
        (among_words || (self.begins_run() && !self.goes_on(end))) && ends_word(self.text, end)
    }

    /// No group stands in front of the first.
    fn begins_run(&self) -> bool {
        let before = &self.text[..self.start];
        let rest = self.separator.and_then(|it| before.strip_suffix(it));
        !rest.is_some_and(|it| it.last().is_some_and(u8::is_ascii_digit))
    }

    /// Another group follows.
    fn goes_on(&self, end: usize) -> bool {
        let rest = self
            .separator
            .and_then(|it| self.text[end..].strip_prefix(it));
        rest.is_some_and(|it| it.first().is_some_and(u8::is_ascii_digit))
    }

    fn is_card(&self, end: usize) -> bool {
        // No number of a card begins with zero, so its digits are all there.
        self.text[self.start] != b'0' && is_card_number(self.number(end))
    }

    /// The digits of the groups up to here, of which there are 19 at most.
    fn number(&self, end: usize) -> u64 {
        let groups = self.ends.iter().zip(self.lens).take(self.count);
        let digits = groups
            .take_while(|(group_end, _)| **group_end <= end)
            .flat_map(|(group_end, len)| &self.text[group_end - len..*group_end]);
        digits.fold(0, |number, digit| number * 10 + u64::from(digit - b'0'))
    }
}

/// The separator that the text begins with.
fn separator_of(text: &[u8]) -> Option<&'static [u8]> {
    let first = text.first()?;
    if first.is_ascii_alphanumeric() {
        return None;
    }
    let all = SPACES.iter().chain(DASHES).chain(OTHERS);
    all.copied().find(|it| text.starts_with(it))
}

/// Whether a word ends here, and is not followed by decimals.
fn ends_word(text: &[u8], end: usize) -> bool {
    match text.get(end) {
        Some(b'.') => !text.get(end + 1).is_some_and(u8::is_ascii_digit),
        Some(byte) => !byte.is_ascii_alphanumeric(),
        None => true,
    }
}

/// The byte so many in front of `at`, and a space where there is none.
fn byte_before(text: &[u8], at: usize, distance: usize) -> u8 {
    at.checked_sub(distance).map_or(b' ', |it| text[it])
}
