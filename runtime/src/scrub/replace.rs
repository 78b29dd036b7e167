//! A text with marks in the place of what was found.

use super::find::{self, Finder};

/// The text without what was found in it. JSON stays JSON: a number becomes a string.
pub(super) fn replaced(text: &str, is_json: bool) -> String {
    let hits: Finder<'_> = if is_json {
        find::in_json(text)
    } else {
        find::in_text(text)
    };
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    let mut strings = Strings::default();
    for hit in hits {
        let bare = is_json && !strings.reaches(&text.as_bytes()[done..hit.start]);
        let (start, end) = if bare {
            whole_number(text, hit.start, hit.end)
        } else {
            (hit.start, hit.end)
        };
        let quote = if bare { "\"" } else { "" };
        out.push_str(text.get(done..start).unwrap_or_default());
        for part in [quote, hit.kind.mark(), quote] {
            out.push_str(part);
        }
        done = end;
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}

/// Whether a place in JSON is inside of a string.
#[derive(Default)]
struct Strings {
    inside: bool,
    escaped: bool,
}

impl Strings {
    /// Goes on by these bytes; what is left out holds no quotes.
    fn reaches(&mut self, bytes: &[u8]) -> bool {
        for byte in bytes {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = self.inside,
                b'"' => self.inside = !self.inside,
                _ => {}
            }
        }
        self.inside
    }
}

/// A number with its sign.
fn whole_number(text: &str, start: usize, end: usize) -> (usize, usize) {
    let signed = text[..start].ends_with('-');
    (start - usize::from(signed), end)
}
