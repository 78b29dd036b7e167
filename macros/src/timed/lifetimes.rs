//! A type of the signature as it is written again inside the body. Reads and prints nothing else.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Signature, Type};

/// The type with `'_` for the lifetimes that the function declares: one that the body names again would not
/// be reported as needless. Where `'_` would mean another lifetime, as between the parentheses of a
/// function's type, the type stays as it is.
pub(crate) fn inferred(written: Type, signature: &Signature) -> Type {
    let mut own = signature.generics.lifetimes().peekable();
    let tokens = written.to_token_stream();
    if own.peek().is_none() || has_function(tokens.clone()) {
        return written;
    }
    let own: Vec<&Ident> = own.map(|it| &it.lifetime.ident).collect();
    syn::parse2(infer_lifetimes(tokens, &own)).unwrap_or(written)
}

fn infer_lifetimes(tokens: TokenStream, own: &[&Ident]) -> TokenStream {
    let mut is_lifetime = false;
    tokens
        .into_iter()
        .map(|token| {
            let follows_quote = is_lifetime;
            is_lifetime = matches!(&token, TokenTree::Punct(it) if it.as_char() == '\'');
            match token {
                TokenTree::Ident(name) if follows_quote && own.contains(&&name) => {
                    TokenTree::Ident(Ident::new("_", name.span()))
                }
                TokenTree::Group(group) => {
                    let inside = infer_lifetimes(group.stream(), own);
                    let mut inferred = Group::new(group.delimiter(), inside);
                    inferred.set_span(group.span());
                    TokenTree::Group(inferred)
                }
                other => other,
            }
        })
        .collect()
}

/// Whether a name is followed by parentheses: `fn(T)`, `Fn(T)`.
fn has_function(tokens: TokenStream) -> bool {
    let mut is_name = false;
    tokens.into_iter().any(|token| {
        let follows_name = is_name;
        is_name = matches!(token, TokenTree::Ident(_));
        match token {
            TokenTree::Group(group) => {
                follows_name && group.delimiter() == Delimiter::Parenthesis
                    || has_function(group.stream())
            }
            _ => false,
        }
    })
}
