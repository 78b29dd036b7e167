//! One way through a text, from left to right: where a word begins it is asked what the word is.

use super::{digits, keys};

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Card,
    SocialSecurity,
    WebToken,
    PrivateKey,
    Key,
}

impl Kind {
    /// What stands in its place.
    pub(super) const fn mark(self) -> &'static str {
        match self {
            Self::Card => "[card]",
            Self::SocialSecurity => "[ssn]",
            Self::WebToken => "[jwt]",
            Self::PrivateKey => "[private_key]",
            Self::Key => "[key]",
        }
    }
}

/// A part of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hit {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: Kind,
}

/// A social security number; everything else is longer.
const SHORTEST: usize = 11;

/// Whether there is anything in the text.
#[inline]
pub(super) fn holds(text: &str) -> bool {
    text.len() >= SHORTEST && in_text(text).next().is_some()
}

/// What is in the text, in order and apart.
pub(super) fn in_text(text: &str) -> Finder<'_> {
    Finder {
        text: text.as_bytes(),
        at: 0,
        is_json: false,
        no_token_before: 0,
    }
}

/// The same in JSON, where the letter after a backslash begins no word.
pub(super) fn in_json(text: &str) -> Finder<'_> {
    Finder {
        is_json: true,
        ..in_text(text)
    }
}

pub(super) struct Finder<'a> {
    text: &'a [u8],
    at: usize,
    is_json: bool,
    /// Up to here a web token was looked for in vain: so no byte is looked at again and again.
    no_token_before: usize,
}

const GAP: u8 = 0;
const DIGIT: u8 = 1;
/// A letter that begins nothing.
const LETTER: u8 = 2;
/// One that may begin a key.
const FIRST: u8 = 3;
const DASH: u8 = 4;
const BACKSLASH: u8 = 5;

static CLASS: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let mut table = [GAP; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        table[byte as usize] = match byte {
            b'0'..=b'9' => DIGIT,
            _ if keys::may_begin(byte) => FIRST,
            b'a'..=b'z' | b'A'..=b'Z' => LETTER,
            b'-' => DASH,
            b'\\' => BACKSLASH,
            _ => GAP,
        };
        byte += 1;
    }
    table
}

impl Iterator for Finder<'_> {
    type Item = Hit;

    fn next(&mut self) -> Option<Hit> {
        while let Some(&byte) = self.text.get(self.at) {
            let start = self.at;
            let found = match CLASS[usize::from(byte)] {
                GAP => {
                    self.at += 1;
                    continue;
                }
                BACKSLASH => {
                    let escape = self.text.get(start + 1);
                    self.at += match escape {
                        Some(b'u') if self.is_json => 6,
                        Some(_) if self.is_json => 2,
                        _ => 1,
                    };
                    continue;
                }
                DASH => keys::private_key(self.text, start).map(|end| (end, Kind::PrivateKey)),
                DIGIT => digits::at(self.text, start),
                FIRST => self.key(),
                _ => None,
            };
            if let Some((end, kind)) = found {
                self.at = end;
                return Some(Hit { start, end, kind });
            }
            self.at += 1;
            if byte != b'-' {
                self.skip_word();
            }
        }
        None
    }
}

impl Finder<'_> {
    #[inline]
    fn key(&mut self) -> Option<(usize, Kind)> {
        let (first, second) = (self.text.get(self.at)?, self.text.get(self.at + 1)?);
        if keys::may_begin_with(*first, *second) {
            self.whole_key()
        } else {
            None
        }
    }

    fn whole_key(&mut self) -> Option<(usize, Kind)> {
        if let Some(end) = keys::at(self.text, self.at) {
            return Some((end, Kind::Key));
        }
        if self.at < self.no_token_before || !self.text[self.at..].starts_with(b"eyJ") {
            return None;
        }
        match keys::web_token(self.text, self.at) {
            Ok(end) => Some((end, Kind::WebToken)),
            Err(vain) => {
                self.no_token_before = vain;
                None
            }
        }
    }

    #[inline]
    fn skip_word(&mut self) {
        let is_word = |it| matches!(CLASS[usize::from(it)], DIGIT | LETTER | FIRST);
        self.at += run(&self.text[self.at..], is_word);
    }
}

/// How many bytes at the front are such. Whatever has no length of its own is measured here.
#[inline]
pub(super) fn run(text: &[u8], is_such: impl Fn(u8) -> bool) -> usize {
    let len = text.iter().take_while(|it| is_such(**it)).count();
    #[cfg(test)]
    super::tests::LOOKED_AT.set(super::tests::LOOKED_AT.get() + len + 1);
    len
}
