//! What a signature says: which arguments the body takes over, and what kind of value comes back.
//! Reads and prints nothing, judges no rule.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{
    FnArg, GenericArgument, GenericParam, Pat, PathArguments, ReturnType, Signature, Token, Type,
    TypeParamBound,
};

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

fn names_in(pat: &Pat, names: &mut Vec<String>) {
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
        _ => {}
    }
}

/// What a function gives back.
pub(crate) enum Returned<'a> {
    /// Nothing that is written down.
    Unit,
    /// `!`
    Never,
    /// `impl Future<Output = T>`, with the bounds beside it.
    Future {
        output: Option<&'a Type>,
        other_bounds: Vec<&'a TypeParamBound>,
    },
    /// `Pin<Box<dyn Future<Output = T>>>`
    Boxed { output: Option<&'a Type> },
    /// `impl Fn(...)` or its like.
    Callable,
    /// The function's own type parameter, or a projection of one.
    Parameter,
    /// Anything else.
    Value,
}

/// Reads the return type as it is written.
pub(crate) fn returned(signature: &Signature) -> Returned<'_> {
    let ReturnType::Type(_, written) = &signature.output else {
        return Returned::Unit;
    };
    let written = plain(written);
    match written {
        Type::Never(_) => Returned::Never,
        Type::ImplTrait(it) => {
            let mut other_bounds = Vec::new();
            let mut future = None;
            for bound in &it.bounds {
                match future_bound(bound) {
                    Some(output) => future = Some(output),
                    None => other_bounds.push(bound),
                }
            }
            match future {
                Some(output) => Returned::Future {
                    output,
                    other_bounds,
                },
                None if it.bounds.iter().any(is_callable) => Returned::Callable,
                None => Returned::Value,
            }
        }
        Type::Path(path) => {
            if let Some(output) = boxed_future(written) {
                return Returned::Boxed { output };
            }
            let root = match &path.qself {
                Some(of) => match plain(&of.ty) {
                    Type::Path(path) => path.path.segments.first(),
                    _ => None,
                },
                None => path.path.segments.first(),
            };
            let is_parameter = root.is_some_and(|root| {
                path.path.leading_colon.is_none()
                    && signature.generics.params.iter().any(|param| {
                        matches!(param, GenericParam::Type(param) if param.ident == root.ident)
                    })
            });
            if is_parameter {
                Returned::Parameter
            } else {
                Returned::Value
            }
        }
        _ => Returned::Value,
    }
}

/// Without the parentheses and groups that mean nothing.
pub(super) fn plain(mut written: &Type) -> &Type {
    loop {
        written = match written {
            Type::Paren(it) => &it.elem,
            Type::Group(it) => &it.elem,
            _ => return written,
        };
    }
}

/// Whether a type cannot be a future, whatever the names in it stand for.
pub(crate) fn is_no_future(written: &Type) -> bool {
    const VALUES: &[&str] = &[
        "bool", "char", "str", "String", "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16",
        "i32", "i64", "i128", "isize", "f32", "f64", "Vec", "Option", "Result",
    ];
    match plain(written) {
        Type::Reference(_) | Type::Tuple(_) | Type::Array(_) | Type::Slice(_) | Type::Ptr(_) => {
            true
        }
        Type::Path(path) => {
            path.qself.is_none()
                && path.path.segments.len() == 1
                && path
                    .path
                    .segments
                    .iter()
                    .all(|it| VALUES.iter().any(|value| it.ident == value))
        }
        _ => false,
    }
}

/// The output of a bound `Future<Output = T>`; the inner one is missing when it is not written.
#[expect(
    clippy::option_option,
    reason = "no future, and a future without its output, are two things"
)]
fn future_bound(bound: &TypeParamBound) -> Option<Option<&Type>> {
    let TypeParamBound::Trait(bound) = bound else {
        return None;
    };
    let last = bound.path.segments.last()?;
    if last.ident != "Future" {
        return None;
    }
    let PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return Some(None);
    };
    Some(arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::AssocType(assoc) if assoc.ident == "Output" => Some(&assoc.ty),
        _ => None,
    }))
}

/// Only bounds of this form are written with parentheses.
fn is_callable(bound: &TypeParamBound) -> bool {
    let TypeParamBound::Trait(bound) = bound else {
        return false;
    };
    let last = bound.path.segments.last();
    last.is_some_and(|it| matches!(it.arguments, PathArguments::Parenthesized(_)))
}

#[expect(clippy::option_option, reason = "as above")]
fn boxed_future(written: &Type) -> Option<Option<&Type>> {
    let inside = plain(argument_of(written, "Pin")?);
    let Type::TraitObject(object) = plain(argument_of(inside, "Box")?) else {
        return None;
    };
    object.bounds.iter().find_map(future_bound)
}

/// `T` of `Name<T>`.
fn argument_of<'a>(written: &'a Type, name: &str) -> Option<&'a Type> {
    let Type::Path(path) = written else {
        return None;
    };
    let last = path.path.segments.last()?;
    if last.ident != name {
        return None;
    }
    let PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return None;
    };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(inner) => Some(inner),
        _ => None,
    })
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
