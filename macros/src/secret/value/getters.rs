//! Calls that give what they are named after: `user.password()`, `get_password(user)`, `get::<Password>()`.

use super::steps::Call;
use super::{Leak, word};
use crate::secret::spelling::split;
use crate::secret::words::{Extra, secret_in, secret_under};

/// How the name of a call begins that gives what the rest of it names.
const GETTING: &[&str] = &[
    "ask", "borrow", "build", "create", "decrypt", "downcast", "expose", "extract", "fetch",
    "find", "generate", "get", "into", "issue", "load", "lookup", "make", "mint", "new", "obtain",
    "prompt", "read", "request", "resolve", "retrieve", "reveal", "take", "unwrap",
];

/// How the name of a method begins that does something with what the rest of it names, or tells something of it.
const ACTING: &[&str] = &[
    "add",
    "advance",
    "apply",
    "assert",
    "bump",
    "change",
    "check",
    "clear",
    "compare",
    "confirm",
    "consume",
    "contains",
    "count",
    "delete",
    "drop",
    "eat",
    "ensure",
    "erase",
    "expect",
    "expire",
    "forget",
    "handle",
    "hide",
    "invalidate",
    "lex",
    "log",
    "match",
    "matches",
    "parse",
    "peek",
    "print",
    "push",
    "refresh",
    "remove",
    "reset",
    "revoke",
    "rotate",
    "save",
    "scan",
    "send",
    "set",
    "skip",
    "store",
    "test",
    "update",
    "use",
    "validate",
    "verify",
    "wipe",
    "zeroize",
];

/// Whether a call gives the secret that it is named after: `user.password()`, `get_password(user)`. `check_password()`
/// does something. `is_alone` is a call without arguments.
pub(super) fn is_getter(name: &str, is_alone: bool, holder: &str, extra: Extra<'_>) -> bool {
    let Some(found) = secret_in(name, extra).or_else(|| secret_under(holder, name, extra)) else {
        return false;
    };
    let words = split(name);
    let verb = words.iter().find(|it| *it != "try");
    let is_verb = |verbs: &[&str]| verb.is_some_and(|it| verbs.contains(&it.as_str()));
    if is_alone {
        // `reset_token` is one.
        !is_verb(ACTING) || found.words == words.join("_")
    } else {
        is_verb(GETTING)
    }
}

/// The type that a call gives, where that is named after a secret: `get::<Password>()`.
pub(super) fn secret_type(call: &Call<'_>, extra: Extra<'_>) -> Option<Leak> {
    let words = split(&call.name);
    let verb = words.iter().find(|it| *it != "try")?;
    if !GETTING.contains(&verb.as_str()) {
        return None;
    }
    call.types.iter().find_map(|token| {
        let name = word(Some(token))?;
        let found = secret_in(&name, extra)?;
        Some(Leak::Named(name, found))
    })
}
