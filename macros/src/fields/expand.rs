//! Printing. Cannot fail.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote_spanned};
use syn::Type;

use super::Structure;
use super::check::Member;
use crate::hygiene;
use crate::site::{SiteKind, SiteOptions, SiteText};
use crate::values;
use crate::written::Mode;

/// Prints
///
/// ```text
/// const _: () = {
///     static __STORYLINE_SITE: $p::Site = ...;
///     pub struct __StorylineFields;
///     impl $p::Structure for __StorylineFields { const TEXT: &'static ::core::primitive::str = ...; }
///     impl $p::Fields for Order {
///         type Wire<'__storyline>
///             = $p::Group<__StorylineFields, (<u64 as $p::Member>::Wire<'__storyline>, (&'static ::core::primitive::str, ()))>
///         where
///             Self: '__storyline;
///
///         const WEAK: ... = &[("id", "id")];
///
///         fn capture_fields(&self) -> Self::Wire<'_> {
///             $p::group(&__STORYLINE_SITE, const { ... }, ($p::Member::take_member(&self.id), ($p::redact(&self.card), ())))
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
    let given = SiteOptions {
        policy: members.first().map(|it| it.field.policy()),
        ..SiteOptions::default()
    };
    let statics = given.static_tokens(private);
    let mut text = SiteText::new(SiteKind::Fields, [], &item.name.to_string());
    for member in members {
        text.field(&member.field);
    }
    let structure = hygiene::own("__StorylineFields");
    let known = quote_spanned!(here=> <#structure as #private::Structure>::TEXT);
    let entry = text.entry_with_tokens(members.len(), &known, private);
    let text = text.text_tokens();
    let site = hygiene::site();
    let captures = members.iter().map(|it| it.field.capture_tokens(private));
    let values = values::pairs(captures);
    let body = quote_spanned!(here=> #private::group(&#site, #entry, #values));
    let bounds = bounds(item, members, private);
    let wires = values::pairs(members.iter().map(|it| wire(it, private)));
    let wire = quote_spanned!(here=> #private::Group<#structure, #wires>);
    let weak = weak(members);
    let implementation = print(item, &bounds, &weak, &wire, &body, private);
    quote_spanned! {here=>
        const _: () = {
            #statics
            pub struct #structure;
            impl #private::Structure for #structure {
                const TEXT: &'static ::core::primitive::str = #text;
            }
            #implementation
        };
    }
}

/// What remains of a structure with mistakes in it.
pub(super) fn empty(item: &Structure, private: &TokenStream) -> TokenStream {
    let nothing = quote_spanned!(Span::mixed_site()=> ());
    print(item, &[], &TokenStream::new(), &nothing, &nothing, private)
}

fn print(
    item: &Structure,
    bounds: &[TokenStream],
    weak: &TokenStream,
    wire: &TokenStream,
    body: &TokenStream,
    private: &TokenStream,
) -> TokenStream {
    let here = Span::mixed_site();
    let name = &item.name;
    let (parameters, arguments, conditions) = item.generics.split_for_impl();
    let written = conditions.iter().flat_map(|it| &it.predicates);
    let mut conditions: Vec<TokenStream> = written.map(ToTokens::to_token_stream).collect();
    conditions.extend_from_slice(bounds);
    let conditions =
        (!conditions.is_empty()).then(|| quote_spanned!(here=> where #(#conditions),*));
    quote_spanned! {here=>
        #[automatically_derived]
        #[allow(deprecated, private_bounds, trivial_bounds, reason = "what the structure says is said again here")]
        impl #parameters #private::Fields for #name #arguments #conditions {
            type Wire<'__storyline> = #wire where Self: '__storyline;

            #weak

            #[inline]
            fn capture_fields(&self) -> Self::Wire<'_> {
                #body
            }
        }
    }
}

/// The members whose names some key makes a secret's: `const WEAK: .. = &[("number", "number")];`
fn weak(members: &[Member]) -> TokenStream {
    let pairs: Vec<TokenStream> = members
        .iter()
        .flat_map(|it| {
            it.field
                .tails_as_member()
                .into_iter()
                .map(|tail| (tail, it.field.key()))
        })
        .map(|(tail, key)| quote_spanned!(Span::mixed_site()=> (#tail, #key)))
        .collect();
    if pairs.is_empty() {
        return TokenStream::new();
    }
    quote_spanned! {Span::mixed_site()=>
        const WEAK: &'static [(&'static ::core::primitive::str, &'static ::core::primitive::str)] = &[#(#pairs),*];
    }
}

/// Whether the type of a capture follows from that of its member.
fn is_named(mode: &Mode) -> bool {
    matches!(mode, Mode::Typed | Mode::Reveal | Mode::Fields)
}

/// The type of what a member's capture gives.
fn wire(member: &Member, private: &TokenStream) -> TokenStream {
    let at = hygiene::at(hygiene::first_span(member.field.value()));
    let ty = &member.ty;
    match member.field.mode() {
        Mode::Typed | Mode::Reveal => {
            quote_spanned!(at=> <#ty as #private::Member>::Wire<'__storyline>)
        }
        Mode::Fields => quote_spanned!(at=> <#ty as #private::FieldsMember>::Wire<'__storyline>),
        Mode::Redact => quote_spanned!(at=> &'static ::core::primitive::str),
        Mode::Display | Mode::Debug | Mode::Serde | Mode::Error => {
            quote_spanned!(at=> #private::Text)
        }
        Mode::Mask(_) | Mode::Hash => quote_spanned!(at=> ::core::option::Option<#private::Text>),
    }
}

/// What the types of members must be able to do: those that a parameter stands in, and those whose capture
/// the implementation names. As a condition it is missed once, at the type. Not where a type has lifetimes:
/// beside the condition `&'a str: Member` the compiler no longer finds that a `&'static str` is one, too.
fn bounds(item: &Structure, members: &[Member], private: &TokenStream) -> Vec<TokenStream> {
    let parameters: Vec<&Ident> = item.generics.type_params().map(|it| &it.ident).collect();
    let has_lifetimes = item.generics.lifetimes().next().is_some();
    members
        .iter()
        .filter(|member| {
            let ty = member.ty.to_token_stream();
            is_named(member.field.mode()) && !(has_lifetimes && mentions_lifetime(ty))
                || mentions(member.ty.to_token_stream(), &parameters)
        })
        .filter_map(|member| {
            // Where the condition is missed, the member is shown.
            let user = hygiene::first_span(member.field.value());
            let at = hygiene::at(user);
            let bound = bound(member.field.mode(), &hygiene::path_at(private, user), at)?;
            let ty: &Type = &member.ty;
            Some(quote_spanned!(at=> #ty: #bound))
        })
        .collect()
}

fn bound(mode: &Mode, private: &TokenStream, at: Span) -> Option<TokenStream> {
    // The trait of the others has a parameter, which nobody could name.
    if matches!(mode, Mode::Error) {
        return Some(quote_spanned!(at=> ::core::error::Error));
    }
    let name = Ident::new(mode.member_trait()?, at);
    Some(quote_spanned!(at=> #private::#name))
}

fn mentions_lifetime(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Punct(mark) => mark.as_char() == '\'',
        TokenTree::Group(group) => mentions_lifetime(group.stream()),
        TokenTree::Ident(_) | TokenTree::Literal(_) => false,
    })
}

fn mentions(tokens: TokenStream, parameters: &[&Ident]) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(name) => parameters.contains(&&name),
        TokenTree::Group(group) => mentions(group.stream(), parameters),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}
