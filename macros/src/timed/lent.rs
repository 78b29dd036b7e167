//! Whether an error may hold something that does not live for ever, by how its type is written.
//!
//! The compiler picks a judge without looking at lifetimes, and asks for them afterwards. Some types are errors
//! only while what they hold is `'static`, `impl<T: 'static> Error for Rejected<T>`, so the judge that asks for
//! an `Error` would be picked for a `Rejected<&str>`, too, and then refused.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{GenericParam, PathArguments, ReturnType, Signature, Type};

use super::returned::{Returned, plain, returned};

/// Whether the error that this function gives back may hold what was lent to it, or a type parameter.
pub(super) fn may_be_lent(signature: &Signature) -> bool {
    let output = match returned(signature) {
        Returned::Future { output, .. } | Returned::Boxed { output } => output,
        _ => match &signature.output {
            ReturnType::Type(_, written) => Some(&**written),
            ReturnType::Default => None,
        },
    };
    let Some(Type::Path(value)) = output.map(plain) else {
        return false;
    };
    let Some(last) = value.path.segments.last() else {
        return false;
    };
    let PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return false;
    };
    let arguments: Vec<_> = arguments.args.iter().collect();
    match arguments[..] {
        // Of an alias with one type that type is the value: `io::Result<&str>`.
        [_] if last.ident == "Result" => false,
        [_, error] if last.ident == "Result" => error_is_lent(error.to_token_stream(), signature),
        // Of another alias nobody knows.
        _ => arguments
            .iter()
            .any(|it| mentions_lent(it.to_token_stream(), signature)),
    }
}

fn error_is_lent(error: TokenStream, signature: &Signature) -> bool {
    let mut tokens = error.clone().into_iter();
    let begins_with_parameter = match tokens.next() {
        Some(TokenTree::Ident(first)) => is_parameter(&first.to_string(), signature),
        Some(TokenTree::Punct(first)) => first.as_char() == '<',
        _ => false,
    };
    if begins_with_parameter {
        // A parameter is an error by its bounds alone. `Self::Error` has a lifetime only if the `impl` block
        // has one, which is then named here.
        return tokens.next().is_some() && names_outer_lifetime(signature);
    }
    mentions_lent(error, signature)
}

/// Looks for lifetimes, references and parameters.
fn mentions_lent(tokens: TokenStream, signature: &Signature) -> bool {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let sign = |at: Option<usize>| match at.and_then(|at| tokens.get(at)) {
        Some(TokenTree::Punct(it)) => it.as_char(),
        _ => ' ',
    };
    tokens.iter().enumerate().any(|(at, token)| match token {
        TokenTree::Group(group) => mentions_lent(group.stream(), signature),
        TokenTree::Ident(word) if sign(at.checked_sub(1)) == '\'' => word != "static",
        TokenTree::Ident(word) => {
            sign(at.checked_sub(1)) != ':' && is_parameter(&word.to_string(), signature)
        }
        TokenTree::Punct(it) => it.as_char() == '&' && sign(Some(at + 1)) != '\'',
        TokenTree::Literal(_) => false,
    })
}

fn is_parameter(name: &str, signature: &Signature) -> bool {
    let is_own = |it: &GenericParam| matches!(it, GenericParam::Type(it) if it.ident == name);
    // Those of the `impl` block around are out of sight, but they look like this.
    let looks_like_one = name.len() <= 2 && name.starts_with(|it: char| it.is_ascii_uppercase());
    looks_like_one || name == "Self" || signature.generics.params.iter().any(is_own)
}

/// Whether the signature names a lifetime that it does not declare.
fn names_outer_lifetime(signature: &Signature) -> bool {
    fn any_outer(tokens: TokenStream, own: &[String]) -> bool {
        let mut is_lifetime = false;
        tokens.into_iter().any(|token| {
            let was_lifetime = is_lifetime;
            is_lifetime = matches!(&token, TokenTree::Punct(it) if it.as_char() == '\'');
            match token {
                TokenTree::Ident(name) => was_lifetime && !own.contains(&name.to_string()),
                TokenTree::Group(group) => any_outer(group.stream(), own),
                _ => false,
            }
        })
    }
    let own = signature
        .generics
        .lifetimes()
        .map(|it| it.lifetime.ident.to_string());
    let own: Vec<String> = own.chain(["static".to_owned(), "_".to_owned()]).collect();
    any_outer(signature.to_token_stream(), &own)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(signature: &str) -> bool {
        may_be_lent(&syn::parse_str(signature).expect(signature))
    }

    #[test]
    fn what_may_be_lent() {
        for signature in [
            "fn f(s: &str) -> Result<(), Rejected<&str>>",
            "fn f<'a>(s: &'a str) -> Result<(), Rejected<'a>>",
            "fn f(s: &str) -> IResult<&str, u8>",
            "fn f(s: &str) -> Parsed<'_>",
            "fn f(t: T) -> Result<(), Rejected<T>>",
            "fn f<Item>(t: Item) -> Result<(), Rejected<Item>>",
            "fn f(t: Self::Item) -> Result<(), Rejected<Self::Item>>",
            "fn f(s: &'a str) -> Result<Self, Self::Error>",
            "fn f(s: &'a str) -> Result<Self, <Self as TryFrom<&'a str>>::Error>",
            "fn f(s: &str) -> impl Future<Output = Result<(), Rejected<&str>>>",
            "fn f(s: &str) -> Pin<Box<dyn Future<Output = Result<(), Rejected<&str>>> + '_>>",
        ] {
            assert!(judged(signature), "{signature}");
        }
    }

    #[test]
    fn what_is_never_lent() {
        for signature in [
            "fn f(s: &str)",
            "fn f(s: &str) -> &str",
            "fn f(s: &str) -> Result<&str, ParseIntError>",
            "fn f<'a>(s: &'a str) -> io::Result<&'a str>",
            "fn f<E: Error>(e: E) -> Result<(), E>",
            "fn f(s: &str) -> Result<(), Rejected<&'static str>>",
            "fn f(s: &str) -> Result<(), Retried<io::Error>>",
            "fn f(s: &str) -> Result<Self, Self::Error>",
            "fn f<'a>(s: &'a str) -> Result<Self, Self::Error>",
        ] {
            assert!(!judged(signature), "{signature}");
        }
    }
}
