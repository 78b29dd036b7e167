//! Printing. Cannot fail.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote_spanned};
use syn::{Type, WherePredicate};

use super::Structure;
use super::check::Member;
use crate::field::Mode;
use crate::hygiene;
use crate::secret::CheckedField;
use crate::site::{Given, SiteText, What};
use crate::values;

/// Prints
///
/// ```text
/// const _: () = {
///     static __STORYLINE_SITE: $p::Site = ...;
///     impl $p::Fields for Order {
///         fn capture_fields(&self) -> impl $p::Encode {
///             $p::group(&__STORYLINE_SITE, const { ... }, ($p::capture_member(&self.id), ($p::redact(&self.card), ())))
///         }
///     }
/// };
/// ```
///
/// One static for all types that a generic structure stands for: their keys are the same.
pub(super) fn implementation(
    item: &Structure,
    members: &[Member],
    private: &TokenStream,
) -> TokenStream {
    let here = Span::mixed_site();
    let statics = Given::default().static_tokens(private);
    let mut text = SiteText::new(What::Fields, [], &item.name.to_string());
    for member in members {
        text.field(&member.field);
    }
    let entry = text.entry_tokens(private);
    let site = hygiene::site();
    let captures = members.iter().map(|it| it.field.capture_tokens(private));
    let values = values::pairs(captures);
    let body = quote_spanned!(here=> #private::group(&#site, #entry, #values));
    let bounds = bounds(item, members, private);
    let implementation = print(item, bounds, &body, private);
    quote_spanned! {here=>
        const _: () = {
            #statics
            #implementation
        };
    }
}

/// What remains of a structure with mistakes in it.
pub(super) fn empty(item: &Structure, private: &TokenStream) -> TokenStream {
    print(
        item,
        Vec::new(),
        &quote_spanned!(Span::mixed_site()=> ()),
        private,
    )
}

fn print(
    item: &Structure,
    bounds: Vec<WherePredicate>,
    body: &TokenStream,
    private: &TokenStream,
) -> TokenStream {
    let here = Span::mixed_site();
    let name = &item.name;
    let mut generics = item.generics.clone();
    if !bounds.is_empty() {
        generics.make_where_clause().predicates.extend(bounds);
    }
    let (parameters, arguments, conditions) = generics.split_for_impl();
    quote_spanned! {here=>
        #[automatically_derived]
        #[allow(deprecated, private_bounds)]
        impl #parameters #private::Fields for #name #arguments #conditions {
            #[inline]
            fn capture_fields(&self) -> impl #private::Encode {
                #body
            }
        }
    }
}

/// What the types of members that a parameter stands in must be able to do.
fn bounds(item: &Structure, members: &[Member], private: &TokenStream) -> Vec<WherePredicate> {
    let parameters: Vec<&Ident> = item.generics.type_params().map(|it| &it.ident).collect();
    members
        .iter()
        .filter(|member| mentions(member.ty.to_token_stream(), &parameters))
        .filter_map(|member| {
            let bound = bound(&member.field, private)?;
            let ty: &Type = &member.ty;
            syn::parse2(quote_spanned!(Span::mixed_site()=> #ty: #bound)).ok()
        })
        .collect()
}

fn bound(field: &CheckedField, private: &TokenStream) -> Option<TokenStream> {
    let here = Span::mixed_site();
    let name = match field.mode() {
        Mode::Redact => return None,
        Mode::Error => return Some(quote_spanned!(here=> ::core::error::Error)),
        Mode::Typed | Mode::Reveal => "Member",
        Mode::Display => "ShowDisplay",
        Mode::Debug => "ShowDebug",
        Mode::Serde => "ShowStructure",
        Mode::Fields => "Fields",
        Mode::Mask(_) => "MaskInput",
        Mode::Hash => "HashInput",
    };
    let name = Ident::new(name, here);
    Some(quote_spanned!(here=> #private::#name))
}

fn mentions(tokens: TokenStream, parameters: &[&Ident]) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(name) => parameters.contains(&&name),
        TokenTree::Group(group) => mentions(group.stream(), parameters),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}
