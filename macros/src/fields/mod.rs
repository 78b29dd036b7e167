//! `#[derive(Fields)]`: a structure whose members a call records as fields. `args` reads the marks,
//! `check` judges, `expand` prints. After a mistake an empty implementation remains, so that no call that
//! uses the structure adds errors of its own.

mod args;
mod check;
mod expand;
#[cfg(test)]
mod tests;

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::parse::Parse;
use syn::{Attribute, FieldsNamed, Generics, Item, Token};

use crate::diag::Errors;
use crate::input;
use crate::paths::Storyline;

/// The door.
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let item = input::read(input, Item::parse).and_then(Structure::try_from);
    let item = match item {
        Ok(item) => item,
        Err(error) => return error.to_compile_error(),
    };
    let mut errors = Errors::new();
    let storyline = args::crate_path(&item.attributes, &mut errors)
        .map_or_else(Storyline::named, |path| Storyline::at(&path));
    let marks = args::of_members(&item, &mut errors);
    let members = check::check(&item, marks, &mut errors);
    let private = storyline.private();
    match errors.finish() {
        Ok(()) => expand::implementation(&item, &members, &private),
        Err(mut messages) => {
            messages.extend(expand::empty(&item, &private));
            messages
        }
    }
}

/// What the derive stands on.
struct Structure {
    attributes: Vec<Attribute>,
    name: Ident,
    generics: Generics,
    members: Members,
}

/// What it holds.
enum Members {
    Named(FieldsNamed),
    Unnamed(TokenStream),
    Unit,
    /// It is an enum.
    Variants(Token![enum]),
    /// It is a union.
    Shared(Token![union]),
}

impl TryFrom<Item> for Structure {
    type Error = syn::Error;

    fn try_from(item: Item) -> syn::Result<Self> {
        let (attributes, name, generics, members) = match item {
            Item::Struct(it) => {
                let members = match it.fields {
                    syn::Fields::Named(named) => Members::Named(named),
                    syn::Fields::Unnamed(members) => Members::Unnamed(members.into_token_stream()),
                    syn::Fields::Unit => Members::Unit,
                };
                (it.attrs, it.ident, it.generics, members)
            }
            Item::Enum(it) => (
                it.attrs,
                it.ident,
                it.generics,
                Members::Variants(it.enum_token),
            ),
            Item::Union(it) => (
                it.attrs,
                it.ident,
                it.generics,
                Members::Shared(it.union_token),
            ),
            other => {
                return Err(syn::Error::new_spanned(
                    other,
                    "`Fields` is derived for a structure",
                ));
            }
        };
        Ok(Self {
            attributes,
            name,
            generics,
            members,
        })
    }
}
