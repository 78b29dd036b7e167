//! Calls that hand out or keep what they are given, by their names.

use proc_macro2::TokenTree;

use super::steps::Call;
use super::{is_mark, word};

/// Methods that hand out what they were called on, or a part of it.
const ACCESSORS: &[&str] = &[
    "as_bytes",
    "as_c_str",
    "as_deref",
    "as_deref_mut",
    "as_mut",
    "as_mut_slice",
    "as_mut_str",
    "as_os_str",
    "as_path",
    "as_ref",
    "as_slice",
    "as_str",
    "borrow",
    "borrow_mut",
    "bytes",
    "char_indices",
    "chars",
    "clone",
    "cloned",
    "collect",
    "concat",
    "context",
    "copied",
    "deref",
    "deref_mut",
    "display",
    "drain",
    "escape_debug",
    "escape_default",
    "escape_unicode",
    "expect",
    "filter",
    "first",
    "flatten",
    "get",
    "get_mut",
    "get_or_insert",
    "get_or_insert_with",
    "get_ref",
    "inner",
    "insert",
    "inspect",
    "into",
    "into_boxed_slice",
    "into_boxed_str",
    "into_bytes",
    "into_inner",
    "into_iter",
    "into_owned",
    "into_string",
    "into_vec",
    "iter",
    "iter_mut",
    "join",
    "last",
    "leak",
    "load",
    "lock",
    "map_err",
    "next",
    "nth",
    "ok",
    "ok_or",
    "ok_or_else",
    "or",
    "or_else",
    "parse",
    "peek",
    "pop",
    "read",
    "repeat",
    "rev",
    "skip",
    "split_at",
    "split_off",
    "strip_prefix",
    "strip_suffix",
    "take",
    "to_ascii_lowercase",
    "to_ascii_uppercase",
    "to_bytes",
    "to_lowercase",
    "to_os_string",
    "to_owned",
    "to_str",
    "to_string",
    "to_string_lossy",
    "to_uppercase",
    "to_vec",
    "transpose",
    "trim",
    "trim_end",
    "trim_end_matches",
    "trim_matches",
    "trim_start",
    "trim_start_matches",
    "unwrap",
    "unwrap_or",
    "unwrap_or_default",
    "unwrap_or_else",
    "unwrap_unchecked",
    "upgrade",
    "value",
    "with_context",
    "xor",
    "zip",
];

/// Methods that hand out what a function makes of what they were called on.
const MAPS: &[&str] = &[
    "and_then",
    "filter_map",
    "flat_map",
    "map",
    "map_or",
    "map_or_else",
    "map_while",
    "then",
];

/// Of the methods above, those that hand out what they are given where there is nothing else, or beside it.
const FALLBACKS: &[&str] = &[
    "get_or_insert",
    "get_or_insert_with",
    "insert",
    "or",
    "or_else",
    "unwrap_or",
    "unwrap_or_else",
    "xor",
    "zip",
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
    "from_ref",
    "once",
    "format",
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
    /// The first says where the value lies.
    Lookup,
}

pub(super) fn macro_kind(name: &str) -> Option<Macro> {
    match name {
        "format" | "format_args" | "anyhow" | "eyre" => Some(Macro::Text),
        "vec" | "dbg" | "concat" | "addr_of" => Some(Macro::Values),
        "env" | "option_env" => Some(Macro::Lookup),
        _ => None,
    }
}

/// Whether a call is one of those methods: `key.expose()`, `ExposeSecret::expose_secret(&key)`.
pub(super) fn exposes(call: &Call<'_>) -> bool {
    let takes_it = if call.arguments.is_empty() {
        call.is_method
    } else {
        is_function(call.path)
    };
    takes_it && EXPOSING.contains(&call.name.as_str())
}

/// Whether a method gives what it was called on, or a part of it.
pub(super) fn hands_on(name: &str) -> bool {
    ACCESSORS.contains(&name)
}

/// Whether a method may give what it is given.
pub(super) fn falls_back(name: &str) -> bool {
    FALLBACKS.contains(&name)
}

/// Whether a method gives what a function makes of it.
pub(super) fn maps(name: &str) -> bool {
    MAPS.contains(&name)
}

/// Whether a function gives what it is given, in another type.
pub(super) fn wraps(name: &str) -> bool {
    WRAPPERS.contains(&name)
}

/// Whether a function keeps what it is given.
pub(super) fn keeps(call: &Call<'_>) -> bool {
    let is_maker = || type_of(call.path).is_some_and(|it| KEEPING.contains(&it.as_str()));
    wraps(&call.name)
        || (hands_on(&call.name) && is_function(call.path))
        || (MAKERS.contains(&call.name.as_str()) && is_maker())
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
