//! Places for tokens: token after token of a stream stands further to the right in one long line, so
//! that a place tells which tokens it covers.

use core::ops::Range;

use proc_macro2::{Group, Span, TokenStream, TokenTree};

/// No stream has more tokens; any that had would share the last place.
const PLACES: usize = 60_000;

/// The line begins further to the right than any other text that is read on the way.
const MARGIN: usize = 100_000;

pub(super) struct Ruler {
    places: Vec<Span>,
}

impl Ruler {
    pub(super) fn new() -> Self {
        let line = " ".repeat(MARGIN) + &"xx ".repeat(PLACES);
        let stream: TokenStream = line.parse().expect("a line of words");
        Self {
            places: stream.into_iter().map(|token| token.span()).collect(),
        }
    }

    /// Gives each token its place, from `next` on; `next` is then the first place that is free.
    pub(super) fn lay(&self, stream: TokenStream, next: &mut usize) -> TokenStream {
        stream
            .into_iter()
            .map(|token| {
                let open = self.take(next);
                let mut token = match token {
                    TokenTree::Group(group) => {
                        let inner = self.lay(group.stream(), next);
                        let close = self.take(next);
                        let mut group = Group::new(group.delimiter(), inner);
                        group.set_span(open.join(close).unwrap_or(open));
                        return TokenTree::Group(group);
                    }
                    leaf => leaf,
                };
                token.set_span(open);
                token
            })
            .collect()
    }

    fn take(&self, next: &mut usize) -> Span {
        let span = self.places[(*next).min(PLACES - 1)];
        *next += 1;
        span
    }

    /// The places that a span covers; `None` where it covers none, as that of the whole call.
    pub(super) fn covered(span: Span) -> Option<Range<usize>> {
        let bytes = span.byte_range();
        let start = bytes.start.checked_sub(MARGIN)? / 3;
        let end = bytes.end.checked_sub(MARGIN)?.div_ceil(3);
        Some(start..end)
    }
}
