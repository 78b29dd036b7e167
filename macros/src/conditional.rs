//! `#[cfg_attr(condition, attribute, ...)]`: macros see it before anybody has looked at the condition, so an attribute
//! of ours in it must be looked for, and what is done about it belongs to the room that finds it.

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Attribute, Meta};

/// Keeps what `keeps` wants kept. It is handed each attribute, however deep it stands in conditions, and these
/// conditions from the outside in: none for a plain one. A `cfg_attr` of which nothing is left is removed.
pub(crate) fn retain(
    attributes: &mut Vec<Attribute>,
    keeps: &mut dyn FnMut(&[TokenStream], &Meta) -> bool,
) {
    attributes.retain_mut(|attribute| {
        if !keeps(&[], &attribute.meta) {
            return false;
        }
        let Some(left) = left_of(&attribute.meta, &[], keeps) else {
            return true;
        };
        match (&mut attribute.meta, left) {
            (Meta::List(list), Some(tokens)) => {
                list.tokens = tokens;
                true
            }
            _ => false,
        }
    });
}

/// Gives what stays between the parentheses of a `cfg_attr` that does not stay as it is: tokens, or nothing.
fn left_of(
    meta: &Meta,
    outer: &[TokenStream],
    keeps: &mut dyn FnMut(&[TokenStream], &Meta) -> bool,
) -> Option<Option<TokenStream>> {
    let Meta::List(list) = meta else {
        return None;
    };
    if !list.path.is_ident("cfg_attr") {
        return None;
    }
    let mut parts = split(list.tokens.clone()).into_iter();
    let condition = parts.next()?;
    let mut all = outer.to_vec();
    all.push(condition.clone());
    let mut is_changed = false;
    let mut rest = Vec::new();
    for part in parts {
        let Ok(meta) = syn::parse2::<Meta>(part.clone()) else {
            rest.push(part);
            continue;
        };
        if !keeps(&all, &meta) {
            is_changed = true;
            continue;
        }
        match left_of(&meta, &all, keeps) {
            None => rest.push(part),
            Some(left) => {
                is_changed = true;
                rest.extend(left.map(|inner| quote!(cfg_attr(#inner))));
            }
        }
    }
    is_changed.then(|| (!rest.is_empty()).then(|| quote!(#condition, #(#rest),*)))
}

/// What stands between commas.
fn split(tokens: TokenStream) -> Vec<TokenStream> {
    let mut parts = vec![TokenStream::new()];
    for token in tokens {
        match (&token, parts.last_mut()) {
            (TokenTree::Punct(mark), _) if mark.as_char() == ',' => parts.push(TokenStream::new()),
            (_, Some(part)) => token.to_tokens(part),
            (_, None) => {}
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use syn::parse_quote;

    /// What is left without `gone`, and the conditions that each of those stood under.
    fn without_gone(mut attributes: Vec<Attribute>) -> (String, Vec<String>) {
        let mut found = Vec::new();
        retain(&mut attributes, &mut |conditions, meta| {
            let is_gone = meta.path().is_ident("gone");
            if is_gone {
                found.push(quote!(#(#conditions)*).to_string());
            }
            !is_gone
        });
        (quote!(#(#attributes)*).to_string(), found)
    }

    #[test]
    fn what_stands_beside_it_stays() {
        let (left, found) = without_gone(parse_quote! {
            #[gone] #[inline]
            #[cfg_attr(a, unsafe(no_mangle), gone(x, y), cold)]
            #[cfg_attr(b, cfg_attr(c, gone, must_use), cfg_attr(d, gone))]
            #[cfg_attr(e, gone)]
        });
        let expected = quote! {
            #[inline]
            #[cfg_attr(a, unsafe(no_mangle), cold)]
            #[cfg_attr(b, cfg_attr(c, must_use))]
        };
        assert_eq!(left, expected.to_string());
        assert_eq!(found, ["", "a", "b c", "b d", "e"]);
    }

    #[test]
    fn half_a_condition_stays_what_it_is() {
        let half: Vec<Attribute> = parse_quote!(
            #[cfg_attr] #[cfg_attr()] #[cfg_attr(a)] #[cfg_attr(gone)] #[cfg_attr = "gone"]
        );
        let text = quote!(#(#half)*).to_string();
        assert_eq!(without_gone(half), (text, Vec::new()));
    }
}
