//! What a structure may be, and what is said about its members.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote_spanned};
use syn::ext::IdentExt;
use syn::token::Paren;
use syn::{Attribute, FieldsNamed, Type, TypeParen};

use super::args::Marks;
use super::{Members, Structure};
use crate::diag::Errors;
use crate::hygiene;
use crate::judge;
use crate::secret::CheckedField;
use crate::written::{Field, Mode, Origin};

/// A member that is recorded.
pub(super) struct Member {
    pub(super) field: CheckedField,
    pub(super) ty: Type,
}

/// Judges the structure and the marks of its members; gives those that are recorded, in their order.
pub(super) fn check(item: &Structure, marks: Vec<Marks>, errors: &mut Errors) -> Vec<Member> {
    if let Some(packed) = item.attributes.iter().find(|it| is_packed(it)) {
        errors.push_spanned(
            packed,
            "members of a packed structure cannot be borrowed, so they cannot be recorded in place: \
             list copies of them where they are logged, such as `id = { order.id }`",
        );
        return Vec::new();
    }
    let Some(named) = named_members(item, errors) else {
        return Vec::new();
    };
    let mut written = Vec::new();
    let mut types = Vec::new();
    for (member, marks) in named.named.iter().zip(marks) {
        let Some(name) = &member.ident else { continue };
        if name == "_" {
            errors.push(name.span(), "a member needs a name to be recorded by");
            continue;
        }
        if let Some(skip) = marks.skip {
            if marks.mode.is_some() || marks.rename.is_some() {
                errors.push(
                    skip,
                    "`skip` leaves the member out: remove it, or the other marks",
                );
            }
            continue;
        }
        if matches!(marks.mode, Some((Mode::Fields, _))) && mentions(&member.ty, &item.name) {
            errors.push_spanned(
                &member.ty,
                format!(
                    "`{name}` would hold the fields of another `{}`, and these again, without an end: mark it \
                     `#[field(debug)]`, `#[field(serde)]`, or `#[field(skip)]` to leave it out",
                    item.name
                ),
            );
            continue;
        }
        written.push(written_field(name, marks));
        types.push(member.ty.clone());
    }
    let keys: Vec<String> = written.iter().map(|field| field.key.clone()).collect();
    let fields = judge::check(written, &[], errors);
    // A member that was refused leaves a hole.
    let mut types = keys.into_iter().zip(types);
    fields
        .into_iter()
        .filter_map(|field| {
            let (_, ty) = types.find(|(key, _)| key == field.key())?;
            Some(Member {
                field,
                ty: before_colon(ty),
            })
        })
        .collect()
}

/// Whether a type names the structure that it stands in: `Option<Box<Node>>`, `Self`. What another module calls so is
/// another one.
fn mentions(ty: &Type, structure: &Ident) -> bool {
    fn is_in(tokens: TokenStream, structure: &Ident) -> bool {
        let mut is_path = false;
        tokens.into_iter().any(|token| match token {
            TokenTree::Group(group) => is_in(group.stream(), structure),
            TokenTree::Ident(word) => {
                !core::mem::take(&mut is_path) && (word == "Self" || word == *structure)
            }
            TokenTree::Punct(mark) => {
                is_path = mark.as_char() == ':';
                false
            }
            TokenTree::Literal(_) => false,
        })
    }
    is_in(ty.to_token_stream(), structure)
}

/// The type as it may stand in front of `as` and `:`, where the bounds of `dyn Shape + Send` would go on.
fn before_colon(ty: Type) -> Type {
    match &ty {
        Type::TraitObject(object) if object.bounds.len() > 1 || object.bounds.trailing_punct() => {
            Type::Paren(TypeParen {
                attrs: Vec::new(),
                paren_token: Paren(hygiene::first_span(&ty.to_token_stream())),
                elem: Box::new(ty),
            })
        }
        _ => ty,
    }
}

fn written_field(name: &Ident, marks: Marks) -> Field {
    // `self` is that of our own function; its place is the member's, for the errors of its capture.
    let this = Ident::new("self", hygiene::at(name.span()));
    let mode = match marks.mode {
        // What was meant may have settled it.
        _ if marks.is_unreadable => Mode::Redact,
        Some((mode, _)) => mode,
        None => Mode::Typed,
    };
    let (key, key_tokens) = match marks.rename {
        Some(key) => (key.value(), key.to_token_stream()),
        None => (name.unraw().to_string(), name.to_token_stream()),
    };
    Field {
        key,
        key_tokens,
        mode,
        value: quote_spanned!(name.span()=> #this.#name),
        origin: Origin::Member,
    }
}

fn named_members<'a>(item: &'a Structure, errors: &mut Errors) -> Option<&'a FieldsNamed> {
    let name = &item.name;
    let (at, why): (TokenStream, String) = match &item.members {
        Members::Named(named) => return Some(named),
        Members::Unnamed(members) => (
            members.clone(),
            format!(
                "the members of `{name}` have no names that a record could carry: name them, or implement \
                 `storyline::Capture` to log it as one value"
            ),
        ),
        Members::Unit => (
            name.to_token_stream(),
            format!("`{name}` has no members to record: remove `Fields`"),
        ),
        Members::Variants(token) => (
            token.to_token_stream(),
            format!(
                "`{name}` is an enum, whose variants have members of their own: derive `Fields` for the \
                 structures in them, or log the value with `value: debug` or `value: serde`"
            ),
        ),
        Members::Shared(token) => (
            token.to_token_stream(),
            format!(
                "`{name}` is a union, and nobody knows which of its members is there: remove `Fields`"
            ),
        ),
    };
    errors.push_spanned(at, why);
    None
}

fn is_packed(attribute: &Attribute) -> bool {
    attribute.path().is_ident("repr")
        && attribute
            .meta
            .to_token_stream()
            .into_iter()
            .any(|token| token.to_string().contains("packed"))
}
