//! The markers of states: types by which the compiler judges a step whose beginning is named, at `cargo check` and in our
//! words. Prints, judges nothing, cannot fail.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote_spanned};
use syn::ext::IdentExt;

use super::model::{Model, StateModel, targets};
use crate::{hygiene, suggest};

/// The marker of a state: the variant's name at the variant's place, as nobody wrote it.
pub(super) fn marker(state: &StateModel<'_>) -> Ident {
    let mut ident = state.ident().clone();
    ident.set_span(hygiene::at(ident.span()));
    ident
}

/// Prints for each state
///
/// ```text
/// pub struct Created;
/// impl Created {
///     pub fn to<T>(&self, _: &T, _: &dyn __storyline_edges::FollowsCreated<T>) -> usize { 0 }
/// }
/// #[diagnostic::do_not_recommend]
/// impl __storyline_edges::FollowsCreated<Paid> for () {}
/// ```
///
/// in a module of its own, so that the names do not hide the user's. A step that is not declared is
/// then a trait that `()` does not have, reported in the words of that trait. The compiler shows more beside a
/// bound on the marker: its definition, that of the bound, each other `impl`.
pub(super) fn markers_tokens(model: &Model<'_>, permissive: bool) -> TokenStream {
    let here = Span::mixed_site();
    let states = model.states.iter().enumerate().map(|(index, state)| {
        let name = marker(state);
        let follows = follows(state);
        let edges: TokenStream = if permissive {
            quote_spanned!(here=> impl<__T> __storyline_edges::#follows<__T> for () {})
        } else {
            let declared =
                targets(state).map(|target| marker(&model.states[target]).into_token_stream());
            // Where a trait has no `impl` or one alone, the compiler tells of that.
            let none = [quote_spanned!(here=> ()), quote_spanned!(here=> ((),))];
            let few = none.len().saturating_sub(state.edges.len());
            let impl_tokens = |target: TokenStream| {
                quote_spanned! {here=>
                    #[diagnostic::do_not_recommend]
                    impl __storyline_edges::#follows<#target> for () {}
                }
            };
            declared
                .chain(none.into_iter().take(few))
                .map(impl_tokens)
                .collect()
        };
        quote_spanned! {here=>
            pub struct #name;
            impl #name {
                pub fn to<__T>(&self, _: &__T, _: &dyn __storyline_edges::#follows<__T>) -> ::core::primitive::usize {
                    #index
                }
            }
            #edges
        }
    });
    let traits = model.states.iter().map(|state| trait_tokens(state, model));
    quote_spanned! {here=>
        mod __storyline_states {
            #(#states)*
            pub mod __storyline_edges {
                #(#traits)*
            }
        }
    }
}

fn follows(state: &StateModel<'_>) -> Ident {
    format_ident!(
        "Follows{}",
        state.ident().unraw(),
        span = hygiene::at(state.ident().span())
    )
}

/// Prints
///
/// ```text
/// #[diagnostic::on_unimplemented(
///     message = "`Order` does not go from `Created` to this state",
///     label = "`Created` goes to `Paid` and `Cancelled`",
///     note = "to allow it, add the state to the `#[to(...)]` of `Created`"
/// )]
/// pub trait FollowsCreated<__T> {}
/// ```
fn trait_tokens(state: &StateModel<'_>, model: &Model<'_>) -> TokenStream {
    let follows = follows(state);
    let from = state.ident();
    // Not its name: that of a marker has a path in front where two machines share a state's name.
    let message = format!(
        "`{}` does not go from `{from}` to this state",
        model.item.ident
    );
    let idents = model.idents();
    let declared: Vec<&str> = targets(state)
        .map(|target| idents[target].as_str())
        .collect();
    let declared = suggest::listed(&declared);
    let (label, note) = if declared.is_empty() {
        (
            format!("nothing follows `{from}`"),
            format!("to allow it, replace the `#[terminal]` of `{from}` by a `#[to(...)]`"),
        )
    } else {
        (
            format!("`{from}` goes to {declared}"),
            format!("to allow it, add the state to the `#[to(...)]` of `{from}`"),
        )
    };
    quote_spanned! {Span::mixed_site()=>
        #[diagnostic::on_unimplemented(message = #message, label = #label, note = #note)]
        pub trait #follows<__T> {}
    }
}
