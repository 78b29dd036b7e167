//! A function under `#[timed]`: its signature is parsed, its body stays the tokens it was, so that one
//! that is not complete yet reaches the compiler, and the editor, as it stands.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt};
use syn::parse::{Parse, ParseStream, Parser};
use syn::{Attribute, Signature, Token, Visibility};

/// A function, its body unread.
pub(crate) struct Function {
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) visibility: Visibility,
    pub(crate) default: Option<Ident>,
    pub(crate) signature: Signature,
    pub(crate) body: Body,
}

/// What follows a signature.
pub(crate) enum Body {
    /// Attributes that stood inside at the beginning, and what follows them.
    Block {
        attributes: Vec<Attribute>,
        block: Group,
    },
    /// `;`
    Missing(Token![;]),
}

impl Parse for Function {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        let visibility = input.parse()?;
        let default = if peek_word(input, "default") {
            Some(input.parse()?)
        } else {
            None
        };
        let signature = input.parse()?;
        let body = input.parse()?;
        Ok(Self {
            attributes,
            visibility,
            default,
            signature,
            body,
        })
    }
}

impl Parse for Body {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.peek(Token![;]) {
            return Ok(Self::Missing(input.parse()?));
        }
        let TokenTree::Group(written) = input.parse()? else {
            return Err(input.error("the body of the function is missing"));
        };
        // Attributes at the start of a body belong to the function. The body is about to move into
        // a closure, where they may not stand, so they go where they mean the same.
        let read = |inner: ParseStream<'_>| {
            let attributes = inner.call(Attribute::parse_inner)?;
            Ok((attributes, inner.parse::<TokenStream>()?))
        };
        // Half an attribute is the compiler's to report, as all that is wrong in a body.
        let block = passed_on(&written);
        let (attributes, rest) = read.parse2(block.stream()).unwrap_or_default();
        if attributes.is_empty() {
            return Ok(Self::Block {
                attributes,
                block: written,
            });
        }
        let mut without = Group::new(Delimiter::Brace, rest);
        without.set_span(block.span());
        Ok(Self::Block {
            attributes,
            block: without,
        })
    }
}

/// The block in what another macro has put together, as it passes one on that it was given.
fn passed_on(written: &Group) -> Group {
    let mut inside = written.stream().into_iter();
    match (written.delimiter(), inside.next(), inside.next()) {
        (Delimiter::None, Some(TokenTree::Group(block)), None) => passed_on(&block),
        _ => written.clone(),
    }
}

impl ToTokens for Function {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.append_all(&self.attributes);
        self.visibility.to_tokens(tokens);
        self.default.to_tokens(tokens);
        self.signature.to_tokens(tokens);
        match &self.body {
            Body::Missing(semicolon) => semicolon.to_tokens(tokens),
            Body::Block { attributes, block } if attributes.is_empty() => block.to_tokens(tokens),
            Body::Block { attributes, block } => {
                let mut inside = TokenStream::new();
                inside.append_all(attributes);
                inside.extend(block.stream());
                let mut whole = Group::new(Delimiter::Brace, inside);
                whole.set_span(block.span());
                whole.to_tokens(tokens);
            }
        }
    }
}

pub(super) fn peek_word(input: ParseStream<'_>, word: &str) -> bool {
    input.cursor().ident().is_some_and(|(it, _)| it == word) && !input.peek2(Token![!])
}

/// Consumes everything up to `fn`.
pub(super) fn function_head(input: ParseStream<'_>) -> syn::Result<()> {
    input.call(Attribute::parse_outer)?;
    input.parse::<Visibility>()?;
    if peek_word(input, "default") {
        input.parse::<Ident>()?;
    }
    input.parse::<Option<Token![const]>>()?;
    input.parse::<Option<Token![async]>>()?;
    input.parse::<Option<Token![unsafe]>>()?;
    input.parse::<Option<syn::Abi>>()?;
    input.parse::<Token![fn]>().map(drop)
}
