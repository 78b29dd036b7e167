//! What kind of value comes back, as the return type is written. Reads and prints nothing, judges no rule.

use syn::{
    FnArg, GenericArgument, GenericParam, PathArguments, ReturnType, Signature, Type,
    TypeParamBound,
};

use crate::types;

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
    is_plain_value(written, "Result")
}

/// Whether what comes back, or what its future gives, cannot be a `Result`.
pub(crate) fn is_no_result(signature: &Signature) -> bool {
    match returned(signature) {
        Returned::Unit => true,
        Returned::Future { output, .. } | Returned::Boxed { output } => {
            output.is_some_and(|written| is_plain_value(written, "()"))
        }
        Returned::Value => match &signature.output {
            ReturnType::Type(_, written) => is_plain_value(written, "()"),
            ReturnType::Default => true,
        },
        Returned::Never | Returned::Callable | Returned::Parameter => false,
    }
}

/// A reference, a tuple, an array, or a type of one of these names or of `another`.
fn is_plain_value(written: &Type, another: &str) -> bool {
    match plain(written) {
        Type::Reference(_) | Type::Tuple(_) | Type::Array(_) | Type::Slice(_) | Type::Ptr(_) => {
            true
        }
        Type::Path(path) => {
            let is_value = |it: &syn::PathSegment| {
                types::is_plain(&it.ident.to_string()) || it.ident == another
            };
            path.qself.is_none()
                && path.path.segments.len() == 1
                && path.path.segments.iter().all(is_value)
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

/// Whether the signature passes a value without a size, which the compiler refuses whatever the body does.
pub(super) fn is_unsized(signature: &Signature) -> bool {
    let is_unsized = |written: &Type| match plain(written) {
        Type::TraitObject(_) | Type::Slice(_) => true,
        Type::Path(path) => path.qself.is_none() && path.path.is_ident("str"),
        _ => false,
    };
    let returned = match &signature.output {
        ReturnType::Type(_, written) => is_unsized(written),
        ReturnType::Default => false,
    };
    returned
        || signature.inputs.iter().any(|input| match input {
            FnArg::Typed(argument) => is_unsized(&argument.ty),
            FnArg::Receiver(_) => false,
        })
}
