//! Lists with commas: where an item ends, and what is said when the comma after it is missing, or is a semicolon.
//! Every macro reads its fields, options and states through it; judges nothing else.

use proc_macro2::{TokenStream, TokenTree};
use syn::Token;
use syn::parse::ParseStream;

use crate::diag::Errors;
use crate::source::shown;

/// Whether the item ends here. A semicolon ends it as a comma does, in whose place it stands.
pub(crate) fn at_end(input: ParseStream<'_>) -> bool {
    input.is_empty() || input.peek(Token![,]) || input.peek(Token![;])
}

/// Whether this token ends an item.
pub(crate) fn is_separator(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(mark) if matches!(mark.as_char(), ',' | ';'))
}

/// Consumes a comma, or a semicolon, before which there is no item, and says so.
pub(crate) fn refuse_stray(input: ParseStream<'_>, errors: &mut Errors) -> bool {
    if input.is_empty() || !at_end(input) {
        return false;
    }
    let Ok(mark) = input.parse::<TokenTree>() else {
        return false;
    };
    errors.push(
        mark.span(),
        format!("nothing stands before this `{mark}`: remove it"),
    );
    true
}

/// The tokens before the end of the item. They stay in the input.
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

/// Consumes everything before the end of the item.
pub(crate) fn skip_to_comma(input: ParseStream<'_>) {
    while !at_end(input) {
        if input.parse::<TokenTree>().is_err() {
            return;
        }
    }
}

/// Consumes whatever is left.
pub(crate) fn skip_all(input: ParseStream<'_>) {
    while input.parse::<TokenTree>().is_ok() {}
}

/// Consumes everything before the end of the item, and the comma.
pub(crate) fn skip_past_comma(input: ParseStream<'_>, errors: &mut Errors) {
    skip_to_comma(input);
    expect_comma(input, errors);
}

/// Consumes a semicolon in the place of a comma, and notes it.
pub(crate) fn refuse_semicolon(input: ParseStream<'_>, errors: &mut Errors) -> bool {
    let Ok(semicolon) = input.parse::<Token![;]>() else {
        return false;
    };
    errors.push_spanned(
        semicolon,
        "the parts are separated by commas: write `,` in place of `;`",
    );
    true
}

/// Consumes the comma after an item, or a semicolon in its place, which is noted; the last item needs none. Notes
/// a missing one and gives `false`; what stands in its place is then still in the input.
pub(crate) fn expect_comma(input: ParseStream<'_>, errors: &mut Errors) -> bool {
    if input.is_empty() || input.parse::<Token![,]>().is_ok() || refuse_semicolon(input, errors) {
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
    let text = shown(&next.clone().into(), "");
    let message = if text.is_empty() {
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
        let mut errors = Errors::new();
        assert_eq!(on("a; b, c", skip_to_comma).1, "; b , c");
        let mut past = |source| on(source, |input| skip_past_comma(input, &mut errors)).1;
        assert_eq!(past("a (b, c), d"), "d");
        assert_eq!(past("a b"), "");
        assert_eq!(past("a; b, c"), "b , c");
        assert_eq!(
            errors.into_messages(),
            ["the parts are separated by commas: write `,` in place of `;`"]
        );
    }

    #[test]
    fn a_missing_comma_is_named_by_what_stands_in_its_place() {
        for (source, is_there, rest, messages) in [
            ("", true, "", &[][..]),
            (", b", true, "b", &[]),
            ("b, c", false, "b , c", &["a comma is missing before `b`"]),
            (
                "; b",
                true,
                "b",
                &["the parts are separated by commas: write `,` in place of `;`"],
            ),
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
