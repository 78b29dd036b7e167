//! Lists with commas: where an item ends, and what is said when the comma after it is missing. Every
//! macro reads its fields, options and states through it; judges nothing else.

use proc_macro2::{TokenStream, TokenTree};
use syn::Token;
use syn::parse::ParseStream;

use crate::diag::Errors;
use crate::source::source_like;

/// A token longer than this, such as a whole block, is not repeated in a message.
const MAX_SHOWN: usize = 40;

/// Whether the item ends here.
pub(crate) fn at_end(input: ParseStream<'_>) -> bool {
    input.is_empty() || input.peek(Token![,])
}

/// The tokens before the next comma. They stay in the input.
pub(crate) fn until_comma(input: ParseStream<'_>) -> TokenStream {
    let fork = input.fork();
    let mut tokens = TokenStream::new();
    while !at_end(&fork) {
        match fork.parse::<TokenTree>() {
            Ok(token) => tokens.extend(core::iter::once(token)),
            Err(_) => break,
        }
    }
    tokens
}

/// Consumes everything before the next comma.
pub(crate) fn skip_to_comma(input: ParseStream<'_>) {
    while !at_end(input) {
        if input.parse::<TokenTree>().is_err() {
            return;
        }
    }
}

/// Consumes everything before the next comma, and the comma.
pub(crate) fn skip_past_comma(input: ParseStream<'_>) {
    skip_to_comma(input);
    let _: syn::Result<Token![,]> = input.parse();
}

/// Consumes the comma after an item; the last one needs none. Notes a missing one and gives `false`;
/// what stands in its place is then still in the input.
pub(crate) fn expect_comma(input: ParseStream<'_>, errors: &mut Errors) -> bool {
    if input.is_empty() || input.parse::<Token![,]>().is_ok() {
        return true;
    }
    if let Some((next, _)) = input.cursor().token_tree() {
        errors.push_error(comma_missing(&next, ""));
    }
    false
}

/// The one message for a comma that is missing before `next`; `why` may go on from there.
pub(crate) fn comma_missing(next: &TokenTree, why: &str) -> syn::Error {
    // The caret under a whole block would be under everything in it.
    let span = match next {
        TokenTree::Group(group) => group.span_open(),
        other => other.span(),
    };
    let text = source_like(&next.clone().into());
    let message = if text.len() > MAX_SHOWN {
        format!("a comma is missing before this{why}")
    } else {
        format!("a comma is missing before `{text}`{why}")
    };
    syn::Error::new(span, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use syn::parse::Parser;

    /// Runs `read` on a source that it need not consume.
    fn on<T>(source: &str, read: impl FnOnce(ParseStream<'_>) -> T) -> (T, String) {
        let tokens: TokenStream = source.parse().expect("the test's own tokens");
        let parser = |input: ParseStream<'_>| {
            let value = read(input);
            Ok((value, input.parse::<TokenStream>()?.to_string()))
        };
        parser.parse2(tokens).expect("the rest was taken")
    }

    #[test]
    fn an_item_is_looked_at_skipped_or_skipped_with_its_comma() {
        let (tokens, rest) = on("a (b, c), d", |input| until_comma(input).to_string());
        assert_eq!(
            (tokens.as_str(), rest.as_str()),
            ("a (b , c)", "a (b , c) , d")
        );
        assert_eq!(on("a (b, c), d", skip_to_comma).1, ", d");
        assert_eq!(on("a (b, c), d", skip_past_comma).1, "d");
        assert_eq!(on("a b", skip_past_comma).1, "");
    }

    #[test]
    fn a_missing_comma_is_named_by_what_stands_in_its_place() {
        for (source, is_there, rest, messages) in [
            ("", true, "", &[][..]),
            (", b", true, "b", &[]),
            ("b, c", false, "b , c", &["a comma is missing before `b`"]),
            ("(b)", false, "(b)", &["a comma is missing before `(b)`"]),
            (
                "{ let total = add(1, 2); show(total); store(total) }",
                false,
                "{ let total = add (1 , 2) ; show (total) ; store (total) }",
                &["a comma is missing before this"],
            ),
        ] {
            let mut errors = Errors::new();
            let found = on(source, |input| expect_comma(input, &mut errors));
            assert_eq!(found, (is_there, rest.to_owned()), "{source}");
            assert_eq!(errors.into_messages(), messages, "{source}");
        }
    }
}
