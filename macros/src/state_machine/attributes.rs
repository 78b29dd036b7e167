//! Which attributes of a variant are ours, and which were probably meant to be.

use proc_macro2::Ident;
use quote::ToTokens;
use syn::{Attribute, Meta, Variant};

use crate::diag::Errors;
use crate::source::source_like;
use crate::{conditional, suggest};

/// Takes off the attributes that are ours, which were read here. Of those under a condition only what is no word of
/// another tool, and was refused.
pub(super) fn strip(attributes: &mut Vec<Attribute>) {
    conditional::retain(attributes, &mut |conditions, meta| {
        let word = meta.path().get_ident().map(Ident::to_string);
        !word.is_some_and(|word| is_our_word(&word)) || !conditions.is_empty() && !is_edge(meta)
    });
}

/// The conditions under which there is a variant. They are refused, and after that the machine must not name one that
/// is gone.
pub(super) fn conditions(variant: &Variant) -> Vec<Attribute> {
    let mut attributes = variant.attrs.clone();
    conditional::retain(&mut attributes, &mut |_, meta| {
        meta.path().is_ident("cfg") || meta.path().is_ident("cfg_attr")
    });
    attributes
}

/// `#[to(...)]` and `#[terminal]`.
fn is_edge(meta: &Meta) -> bool {
    meta.path().is_ident("to") || meta.path().is_ident("terminal")
}

/// Whether an attribute of this name is read here, and be it only to say that it is mistyped.
pub(crate) fn is_our_word(word: &str) -> bool {
    matches!(word, "to" | "terminal") || meant_by_word(word).is_some()
}

pub(super) fn meant_by(attribute: &Attribute) -> Option<&'static str> {
    meant_by_word(&attribute.path().get_ident()?.to_string())
}

/// The attribute of ours that was probably meant: what other tools call it, or one that is mistyped.
fn meant_by_word(word: &str) -> Option<&'static str> {
    match word {
        "To" | "becomes" | "edge" | "edges" | "follows" | "go" | "go_to" | "goes_to" | "goto"
        | "into" | "leads_to" | "moves_to" | "next" | "then" | "transition" | "transition_to"
        | "transitions" | "transitions_to" => Some("#[to(...)]"),
        "Terminal" | "done" | "end" | "final_state" | "finish" | "r#final" | "sink"
        | "terminate" | "terminated" => Some("#[terminal]"),
        "initial" | "initial_state" | "start" | "begin" => Some("initial"),
        "terminal" => None,
        _ if suggest::nearest(word, ["terminal"]).is_some() => Some("#[terminal]"),
        _ => None,
    }
}

/// Says of each edge under a condition that it cannot be; `true` when there is one.
pub(super) fn refuse_conditional(variant: &Variant, errors: &mut Errors) -> bool {
    let mut is_there = false;
    conditional::retain(&mut variant.attrs.clone(), &mut |conditions, meta| {
        if !conditions.is_empty() && is_edge(meta) {
            is_there = true;
            errors.push_spanned(
                meta,
                format!(
                    "what follows a state cannot depend on a condition, since the table is judged as a whole: write \
                     `#[{}]` without `cfg_attr`; the enum as a whole may have one",
                    source_like(&meta.to_token_stream())
                ),
            );
        }
        true
    });
    is_there
}
