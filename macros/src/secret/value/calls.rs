//! Calls that hand out or keep what they are given, by their names.

use proc_macro2::{Delimiter, TokenTree};

use super::{is_mark, word};

/// Methods that hand out what they were called on.
const ACCESSORS: &[&str] = &[
    "as_str",
    "as_ref",
    "as_mut",
    "as_mut_str",
    "as_bytes",
    "as_slice",
    "as_deref",
    "as_deref_mut",
    "borrow",
    "borrow_mut",
    "bytes",
    "chars",
    "clone",
    "cloned",
    "copied",
    "deref",
    "deref_mut",
    "display",
    "escape_debug",
    "escape_default",
    "expect",
    "get",
    "get_mut",
    "get_ref",
    "inner",
    "into",
    "into_boxed_str",
    "into_bytes",
    "into_inner",
    "into_owned",
    "into_string",
    "into_vec",
    "leak",
    "load",
    "lock",
    "ok",
    "read",
    "to_ascii_lowercase",
    "to_ascii_uppercase",
    "to_lowercase",
    "to_owned",
    "to_str",
    "to_string",
    "to_string_lossy",
    "to_uppercase",
    "to_vec",
    "trim",
    "trim_end",
    "trim_start",
    "unwrap",
    "unwrap_or",
    "unwrap_or_default",
    "unwrap_or_else",
];

/// Methods that hand out what a type has kept in: those of `Secret` and of the crate `secrecy`.
const EXPOSING: &[&str] = &["expose", "expose_secret", "expose_secret_mut"];

/// Functions that keep what they are given as it is.
const WRAPPERS: &[&str] = &[
    "Some",
    "Ok",
    "Err",
    "Reverse",
    "Wrapping",
    "black_box",
    "identity",
    "Borrowed",
    "Owned",
    "from_utf8",
    "from_utf8_lossy",
    "from_utf8_unchecked",
];

/// Types whose `new` and `from` keep what they are given as it is.
const KEEPING: &[&str] = &[
    "Arc", "Box", "BString", "Bytes", "CString", "Cell", "Cow", "Error", "Mutex", "OnceCell",
    "OsString", "PathBuf", "Pin", "Rc", "RefCell", "RwLock", "String", "Vec",
];

/// What a type does with what it is given.
const MAKERS: &[&str] = &["new", "from", "from_str", "from_iter", "other", "msg"];

/// What is done with the arguments of a macro.
pub(super) enum Macro {
    /// The first is a text with holes.
    Text,
    /// They are kept.
    Values,
}

pub(super) fn macro_kind(name: &str) -> Option<Macro> {
    match name {
        "format" | "format_args" | "anyhow" | "eyre" => Some(Macro::Text),
        "vec" | "dbg" | "concat" | "addr_of" => Some(Macro::Values),
        _ => None,
    }
}

/// The method that hands out a secret, where the value is what one hands out: `key.expose()`,
/// `ExposeSecret::expose_secret(&key)`.
pub(super) fn exposing(tokens: &[TokenTree]) -> Option<String> {
    let [path @ .., TokenTree::Group(group)] = tokens else {
        return None;
    };
    let name = word(path.last())?;
    let is_call = group.delimiter() == Delimiter::Parenthesis
        && EXPOSING.contains(&name.as_str())
        && if group.stream().is_empty() {
            path.len() > 2 && path.get(path.len() - 2).is_some_and(|it| is_mark(it, '.'))
        } else {
            is_function(path)
        };
    is_call.then_some(name)
}

/// Whether a function keeps what it is given.
pub(super) fn keeps(path: &[TokenTree], name: &str) -> bool {
    WRAPPERS.contains(&name)
        || (ACCESSORS.contains(&name) && is_function(path))
        || (MAKERS.contains(&name)
            && type_of(path).is_some_and(|it| KEEPING.contains(&it.as_str())))
}

/// Without one of `.as_str()`, `[..4]`, `?`, `.await` and `as u32` at the end.
pub(super) fn strip_tail(tokens: &[TokenTree]) -> &[TokenTree] {
    // `<T as From<_>>::from` is no cast.
    let is_qualified = tokens.first().is_some_and(|it| is_mark(it, '<'));
    if !is_qualified
        && let Some(cast) = tokens
            .iter()
            .position(|it| matches!(it, TokenTree::Ident(word) if word == "as"))
    {
        return &tokens[..cast];
    }
    match tokens {
        [rest @ .., TokenTree::Punct(mark)] if mark.as_char() == '?' => rest,
        [rest @ .., TokenTree::Group(index)]
            if index.delimiter() == Delimiter::Bracket
                && !rest.is_empty()
                && !matches!(rest.last(), Some(TokenTree::Punct(_))) =>
        {
            rest
        }
        [rest @ .., TokenTree::Punct(dot), TokenTree::Ident(word)]
            if dot.as_char() == '.' && word == "await" =>
        {
            rest
        }
        [
            rest @ ..,
            TokenTree::Punct(dot),
            TokenTree::Ident(word),
            TokenTree::Group(group),
        ] if dot.as_char() == '.'
            && group.delimiter() == Delimiter::Parenthesis
            && ACCESSORS.contains(&word.to_string().as_str()) =>
        {
            rest
        }
        _ => tokens,
    }
}

/// `ToString::to_string`, and no method.
fn is_function(path: &[TokenTree]) -> bool {
    matches!(path, [.., mark, _] if is_mark(mark, ':'))
}

/// `Box` of `Box::new`, `std::boxed::Box::new`, `Box::<str>::from` and `<Box<str> as From<_>>::from`.
fn type_of(path: &[TokenTree]) -> Option<String> {
    let [before @ .., first, second, _] = path else {
        return None;
    };
    if !is_mark(first, ':') || !is_mark(second, ':') {
        return None;
    }
    if !before.last().is_some_and(|it| is_mark(it, '>')) {
        return word(before.last());
    }
    // The name in front of the angles, or the first in them.
    let open = before.iter().position(|it| is_mark(it, '<'))?;
    let name = before[..open]
        .iter()
        .rfind(|it| matches!(it, TokenTree::Ident(_)));
    name.or_else(|| before.get(open + 1))
        .and_then(|it| word(Some(it)))
}
