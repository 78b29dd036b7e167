//! What a signature says of its arguments: which of them the body takes over; and a type of it as it is written
//! again inside. Judges no rule.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{FnArg, GenericArgument, Pat, PathArguments, Signature, Token, Type};

/// An argument that is a plain name: it moves into the body as it stands, `mut` and all.
pub(crate) struct Carried {
    pub(crate) mutability: Option<Token![mut]>,
    pub(crate) name: Ident,
}

/// The plain arguments, in order. `self`, patterns and arguments with attributes stay where they are;
/// the body captures them.
pub(crate) fn carried(signature: &Signature) -> Vec<Carried> {
    signature
        .inputs
        .iter()
        .filter_map(|input| match input {
            FnArg::Typed(argument) if argument.attrs.is_empty() => match &*argument.pat {
                Pat::Ident(pat)
                    if pat.by_ref.is_none() && pat.subpat.is_none() && pat.attrs.is_empty() =>
                {
                    Some(Carried {
                        mutability: pat.mutability,
                        name: pat.ident.clone(),
                    })
                }
                _ => None,
            },
            _ => None,
        })
        .collect()
}

/// The signature with other patterns for its plain arguments: `outer` says which name stands there
/// instead, without `mut`, or that it stays as it is.
pub(crate) fn with_outer(
    signature: &Signature,
    outer: impl Fn(&Carried) -> Option<Ident>,
) -> Signature {
    let mut signature = signature.clone();
    for input in &mut signature.inputs {
        if let FnArg::Typed(argument) = input
            && argument.attrs.is_empty()
            && let Pat::Ident(pat) = &mut *argument.pat
            && pat.by_ref.is_none()
            && pat.subpat.is_none()
            && pat.attrs.is_empty()
        {
            let carried = Carried {
                mutability: pat.mutability,
                name: pat.ident.clone(),
            };
            if let Some(name) = outer(&carried) {
                pat.mutability = None;
                pat.ident = name;
            }
        }
    }
    signature
}

/// Every name that the arguments bind, `self` included.
pub(crate) fn names(signature: &Signature) -> Vec<String> {
    let mut names = Vec::new();
    for input in &signature.inputs {
        match input {
            FnArg::Receiver(_) => names.push("self".to_owned()),
            FnArg::Typed(argument) => names_in(&argument.pat, &mut names),
        }
    }
    names
}

/// The names that a pattern binds.
pub(crate) fn names_in(pat: &Pat, names: &mut Vec<String>) {
    match pat {
        Pat::Ident(pat) => {
            names.push(pat.ident.to_string());
            if let Some((_, inner)) = &pat.subpat {
                names_in(inner, names);
            }
        }
        Pat::Tuple(pat) => pat.elems.iter().for_each(|it| names_in(it, names)),
        Pat::TupleStruct(pat) => pat.elems.iter().for_each(|it| names_in(it, names)),
        Pat::Slice(pat) => pat.elems.iter().for_each(|it| names_in(it, names)),
        Pat::Struct(pat) => pat.fields.iter().for_each(|it| names_in(&it.pat, names)),
        Pat::Reference(pat) => names_in(&pat.pat, names),
        Pat::Paren(pat) => names_in(&pat.pat, names),
        Pat::Type(pat) => names_in(&pat.pat, names),
        _ => {}
    }
}

/// A type as it can be written inside the body: `impl Trait` becomes `_`. None where that cannot be
/// said.
pub(crate) fn inner_type(written: &Type) -> Option<Type> {
    let mut written = written.clone();
    blank(&mut written);
    let mentions_impl = has_impl(written.to_token_stream());
    (!mentions_impl).then_some(written)
}

fn blank(written: &mut Type) {
    match written {
        Type::ImplTrait(it) => {
            *written = Type::Infer(syn::TypeInfer {
                attrs: Vec::new(),
                underscore_token: Token![_](it.impl_token.span),
            });
        }
        Type::Path(path) => {
            for segment in &mut path.path.segments {
                if let PathArguments::AngleBracketed(arguments) = &mut segment.arguments {
                    for argument in &mut arguments.args {
                        if let GenericArgument::Type(inner) = argument {
                            blank(inner);
                        }
                    }
                }
            }
        }
        Type::Reference(it) => blank(&mut it.elem),
        Type::Ptr(it) => blank(&mut it.elem),
        Type::Slice(it) => blank(&mut it.elem),
        Type::Array(it) => blank(&mut it.elem),
        Type::Paren(it) => blank(&mut it.elem),
        Type::Group(it) => blank(&mut it.elem),
        Type::Tuple(it) => it.elems.iter_mut().for_each(blank),
        _ => {}
    }
}

fn has_impl(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(word) => word == "impl",
        TokenTree::Group(group) => has_impl(group.stream()),
        _ => false,
    })
}
