//! The template of a call, parsed once and for all: text, and holes that are fields like any other.

mod hole;
mod spec;
#[cfg(test)]
mod tests;

use syn::LitStr;

use crate::diag::Errors;
use hole::parse_hole;
pub(crate) use hole::{Hole, is_name};
pub(crate) use spec::Spec;

/// A piece as it was written.
#[derive(Clone, Debug)]
pub(crate) enum Piece {
    Text(String),
    Hole(Hole),
}

/// Reads a template; what is wrong in it is noted at the literal, for a compiler gives macros no
/// places inside of one.
///
/// `keys` are those of the fields behind it: what is meant by a hole that names nothing.
pub(crate) fn parse(literal: &LitStr, keys: &[String], errors: &mut Errors) -> Vec<Piece> {
    let mut unnamed = 0;
    let text = literal.value();
    // What another hole shows already is not meant.
    let is_shown = |key: &String| {
        let mut holes = text.split('{').skip(1);
        holes.any(|hole| {
            hole.strip_prefix(key.as_str())
                .is_some_and(|rest| rest.starts_with(['}', ':']))
        })
    };
    let keys: Vec<String> = keys.iter().filter(|key| !is_shown(key)).cloned().collect();
    let mut pieces = Vec::new();
    let mut plain = String::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find(['{', '}']) {
        plain.push_str(&rest[..at]);
        let brace = &rest[at..=at];
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix(brace) {
            plain.push_str(brace);
            rest = after;
        } else if brace == "}" {
            errors.push(
                literal.span(),
                "this `}` closes no hole: write `}}` for the character itself",
            );
        } else if let Some(end) = rest
            .find(['{', '}'])
            .filter(|end| rest[*end..].starts_with('}'))
        {
            match parse_hole(&rest[..end], literal.span(), &keys, &mut unnamed) {
                Ok(hole) => {
                    if !plain.is_empty() {
                        pieces.push(Piece::Text(core::mem::take(&mut plain)));
                    }
                    pieces.push(Piece::Hole(hole));
                }
                Err(message) => errors.push(literal.span(), message),
            }
            rest = &rest[end + 1..];
        } else {
            let hole: String = rest.chars().take(20).collect();
            errors.push(
                literal.span(),
                format!("the hole `{{{hole}` is not closed: write `}}` after its name, or `{{{{` for the character itself"),
            );
            break;
        }
    }
    plain.push_str(rest);
    if !plain.is_empty() {
        pieces.push(Piece::Text(plain));
    }
    pieces
}
