//! The tokens of a call as something to read. What is missing at their end is reported at the last of
//! them, where the user would go on writing, not under the whole call; what is nested too deeply to be
//! read is refused before anything is.

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use syn::parse::{ParseStream, Parser};

use crate::nesting;

/// Reads all of `tokens`.
pub(crate) fn read<T>(
    tokens: TokenStream,
    parse: impl FnOnce(ParseStream<'_>) -> syn::Result<T>,
) -> syn::Result<T> {
    refuse_towers(tokens.clone())?;
    read_unchecked(tokens, parse)
}

/// Reads all of `tokens`, which `parse` does without a look into the last of their blocks.
pub(crate) fn read_around_block<T>(
    tokens: TokenStream,
    parse: impl FnOnce(ParseStream<'_>) -> syn::Result<T>,
) -> syn::Result<T> {
    refuse_towers(without_last_block(tokens.clone()))?;
    read_unchecked(tokens, parse)
}

/// An error where tokens are nested too deeply to be read.
pub(crate) fn refuse_towers(tokens: impl IntoIterator<Item = TokenTree>) -> syn::Result<()> {
    match nesting::too_deep(tokens) {
        None => Ok(()),
        Some(span) => Err(syn::Error::new(span, nesting::MESSAGE)),
    }
}

/// The tokens without the last block among them.
pub(crate) fn without_last_block(
    tokens: impl IntoIterator<Item = TokenTree>,
) -> impl Iterator<Item = TokenTree> {
    let mut tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let is_block = |token: &TokenTree| matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
    if let Some(at) = tokens.iter().rposition(is_block) {
        tokens.remove(at);
    }
    tokens.into_iter()
}

/// Reads all of `tokens`, which `parse` guards against towers itself.
pub(crate) fn read_unchecked<T>(
    tokens: TokenStream,
    parse: impl FnOnce(ParseStream<'_>) -> syn::Result<T>,
) -> syn::Result<T> {
    let Some(last) = last_span(&tokens) else {
        return parse.parse2(tokens);
    };
    // The end of a group is where its closing mark is.
    let mut group = Group::new(Delimiter::Parenthesis, tokens);
    group.set_span(last);
    let whole = |input: ParseStream<'_>| {
        let content;
        syn::parenthesized!(content in input);
        parse(&content)
    };
    whole.parse2(TokenTree::Group(group).into())
}

/// The place of the last token; of a group, that of its closing mark.
pub(crate) fn last_span(tokens: &TokenStream) -> Option<Span> {
    tokens.clone().into_iter().last().map(|last| match last {
        TokenTree::Group(group) => group.span_close(),
        other => other.span(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use syn::Ident;

    fn two(input: ParseStream<'_>) -> syn::Result<Ident> {
        input.parse::<Ident>()?;
        input.parse::<Ident>()
    }

    fn tokens(source: &str) -> TokenStream {
        source.parse().expect("the test's own tokens")
    }

    #[test]
    fn what_is_missing_is_missing_after_the_last_token() {
        let error = read(tokens("first"), two).expect_err("the second one is missing");
        assert_eq!(error.span().byte_range().end, "first".len());
        let error = read(tokens("first second third"), two).expect_err("one too many");
        assert_eq!(error.span().source_text().as_deref(), Some("third"));
        assert!(read(TokenStream::new(), two).is_err());
    }

    #[test]
    fn a_block_that_nobody_reads_may_be_as_deep_as_it_likes() {
        let block = "{".repeat(2000) + &"}".repeat(2000);
        let any = |input: ParseStream<'_>| input.parse::<TokenStream>().map(drop);
        assert!(read(tokens(&block), any).is_err());
        assert!(read_around_block(tokens(&block), any).is_ok());
        assert!(read_around_block(tokens(&(block + "{}")), any).is_err());
    }
}
