//! Meaning: what the call says, judged across its parts.

use proc_macro2::TokenStream;
use syn::LitStr;

use super::args::Args;
use super::event_name;
use super::option::Options;
use crate::diag::Errors;
use crate::field::TEMPLATE;
use crate::judge;
use crate::level::LevelArg;
use crate::secret::CheckedField;
use crate::source::shown;
use crate::template::{self, Hole, Piece, Spec};
use crate::written::{Field, Mode, Origin};

/// A call that can be printed.
pub(super) struct Model {
    pub(super) level: LevelArg,
    pub(super) options: Options,
    pub(super) event: String,
    /// Text, or the index of a field and how it is shown.
    pub(super) template: Vec<ModelPiece>,
    pub(super) fields: Vec<CheckedField>,
}

pub(super) enum ModelPiece {
    Text(String),
    Hole(usize, Spec),
}

/// Judges a call. `None` only where a mistake was noted.
pub(super) fn build(args: Args, errors: &mut Errors) -> Option<Model> {
    let keys: Vec<String> = args.fields.iter().map(|field| field.key.clone()).collect();
    let event = args.event.as_ref().map(|literal| {
        event_name::check(literal, errors);
        literal.value()
    });
    let pieces = args
        .template
        .as_ref()
        .map_or_else(Vec::new, |literal| template::parse(literal, &keys, errors));
    let mut fields = match &args.template {
        Some(literal) => hole_fields(&pieces, &args.fields, literal, errors),
        None => Vec::new(),
    };
    fields.extend(args.fields);
    let reserved: &[_] = if args.template.is_some() {
        &[&TEMPLATE]
    } else {
        &[]
    };
    let fields = judge::check(fields, reserved, errors);
    let template = pieces
        .into_iter()
        .filter_map(|piece| match piece {
            Piece::Text(text) => Some(ModelPiece::Text(text)),
            Piece::Hole(hole) => fields
                .iter()
                .position(|field| field.key() == hole.key)
                .map(|index| ModelPiece::Hole(index, hole.spec)),
        })
        .collect();
    Some(Model {
        level: args.level?,
        options: args.options,
        event: event?,
        template,
        fields,
    })
}

/// The fields that exist only as holes, each once, in the order of the text.
fn hole_fields(
    pieces: &[Piece],
    written: &[Field],
    literal: &LitStr,
    errors: &mut Errors,
) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    for piece in pieces {
        let Piece::Hole(hole) = piece else { continue };
        let same = written.iter().chain(&fields).find(|it| it.key == hole.key);
        match same {
            Some(field) => check_same_capture(hole, field, literal, errors),
            None => fields.push(hole.field(literal)),
        }
    }
    fields
}

/// A hole that names a field shows that field, so it cannot ask for a capture of its own.
fn check_same_capture(hole: &Hole, field: &Field, literal: &LitStr, errors: &mut Errors) {
    let key = &hole.key;
    if matches!(field.mode, Mode::Fields) {
        errors.push(
            literal.span(),
            format!(
                "`{key}` is a group of fields, and which there are is known to its type alone: name a value \
                 in the text, such as `{{{key}.id}}`"
            ),
        );
        return;
    }
    let agrees = match field.origin {
        Origin::Hole => matches!(field.mode, Mode::Debug) == hole.debug,
        _ => !hole.debug || matches!(field.mode, Mode::Debug),
    };
    if agrees {
        return;
    }
    // Its capture hides the value, or was asked for by name: only the hole can be wrong.
    if !matches!(field.mode, Mode::Typed | Mode::Display | Mode::Debug) {
        errors.push(
            literal.span(),
            format!(
                "`{key}` is one field and taken in one way, which its capture says: write `{{{key}}}` in the text"
            ),
        );
        return;
    }
    let value = |tokens: &TokenStream| match field.origin {
        Origin::Named => format!("{key} = ?{}", shown(tokens, "...")),
        _ => format!("?{}", shown(tokens, key)),
    };
    errors.push(
        literal.span(),
        format!(
            "`{key}` is one field and taken in one way: write `{{{key}}}` in the text and `{}` after it",
            value(&field.value)
        ),
    );
}
