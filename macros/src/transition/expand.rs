//! A step in Rust. Prints, judges nothing, cannot fail.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote_spanned;

use super::check::{Edge, StepModel};
use super::keys;
use crate::hygiene;
use crate::level::Level;
use crate::secret::CheckedField;
use crate::site::{SiteKind, SiteOptions, SiteText};
use crate::values;

/// Prints
///
/// ```text
/// {
///     static __STORYLINE_SITE: ...;
///     let __storyline_from = $p::stand(&order.state);
///     let __storyline_next = (&__storyline_from).next((Order::Paid,));
///     let __storyline_step = (&__storyline_from).step(&__storyline_next);
///     let __storyline_level = (&__storyline_step).level();
///     if let Some(__storyline_pass) = (&__STORYLINE_SITE).wants_step(__storyline_level, const { ... }) {
///         $p::emit_step(&__STORYLINE_SITE, &__storyline_step,
///             (&__storyline_step).values(__storyline_pass, &order.state, ($p::capture(&provider), ())));
///     }
///     let __storyline_here = { use $p::Here as _; order.state.__storyline_here() };
///     (&__storyline_step).end(__storyline_here, __storyline_next)
/// }
/// ```
///
/// Our own methods are called on references, so that they come before a method of the user's that every type has.
/// The block around the place is the one that brings a trait into scope: only a method call borrows
/// `order` and `order: &mut Order` alike without asking that the variable be `mut`.
pub(crate) fn step_tokens(step: &StepModel, private: &TokenStream) -> TokenStream {
    let here = Span::mixed_site();
    let place = &step.place;
    let own_id = step.fields.iter().any(|field| field.key() == keys::ID);
    let given = SiteOptions {
        policy: step.fields.first().map(CheckedField::policy),
        ..SiteOptions::default()
    };
    let static_site = given.static_tokens(private);
    let values = step.fields.len() + keys::count(own_id);
    let entry = text(step).step_entry_tokens(values, private);
    let (site, pass) = (hygiene::site(), hygiene::pass());
    let [from, next, judged, level] = ["from", "next", "step", "level"].map(hygiene::local);
    let judge = match &step.edge {
        None => free_tokens(step, &from, &next, &judged),
        Some(edge) => checked_tokens(step, edge, private),
    };
    let values = Ident::new(if own_id { "values_own_id" } else { "values" }, here);
    // All three arguments stand where the user's place does, from its first token to its last: a
    // place that keeps no state is then one error.
    let (first, last) = ends(place);
    let shared = quote_spanned!(first=> &#place);
    let borrowed = Ident::new("__storyline_here", last);
    let reborrow = quote_spanned!(first=> &mut *#borrowed);
    let emit = values::expand(&step.fields, None, private, |fields| {
        quote_spanned! {here=>
            #private::emit_step(&#site, &#judged, (&#judged).#values(#pass, #shared, #fields))
        }
    });
    quote_spanned! {here=>
        {
            #static_site
            let #from = #private::stand(#shared);
            #judge
            let #level = (&#judged).level();
            if let ::core::option::Option::Some(#pass) = (&#site).wants_step(#level, #entry) {
                #emit;
            }
            let #borrowed = {
                use #private::Here as _;
                (#place).__storyline_here()
            };
            (&#judged).end(#reborrow, #next)
        }
    }
}

/// The places of the first and the last token.
fn ends(tokens: &TokenStream) -> (Span, Span) {
    let last = tokens.clone().into_iter().last();
    let first = hygiene::first_span(tokens);
    (first, last.map_or(first, |token| token.span()))
}

/// The next state may be any expression: it is given its type, so that `.into()` finds it.
fn free_tokens(step: &StepModel, from: &Ident, next: &Ident, judged: &Ident) -> TokenStream {
    let expr = &step.next;
    quote_spanned! {Span::mixed_site()=>
        let #next = (&#from).next((#expr,));
        let #judged = (&#from).step(&#next);
    }
}

/// Prints
///
/// ```text
/// let (__storyline_states, __storyline_type, __storyline_next) = (&__storyline_from).marked(Order::Paid);
/// let __storyline_begin = (&$p::markers_of_pattern(__storyline_states, __storyline_type, |it| match it { Order::Created { .. } => {}, _ => {} })
///     .Created).to(&__storyline_states.Paid, &());
/// let __storyline_step = (&__storyline_from).step_from(__storyline_begin, &__storyline_next);
/// ```
///
/// The markers come by way of the next state: when `Order::Piad` is a mistake already, they have no type and are
/// silent. Those of the beginning come from a pattern that names it, so that one that is no state is reported as the
/// variant that the enum does not have.
fn checked_tokens(step: &StepModel, edge: &Edge, private: &TokenStream) -> TokenStream {
    let Edge {
        begin,
        end,
        begin_path,
    } = edge;
    let here = Span::mixed_site();
    let [from, next, judged, states, of, index] =
        ["from", "next", "step", "states", "type", "begin"].map(hygiene::local);
    let expr = &step.next;
    let (begin_at, end_at) = (hygiene::at(begin.span()), hygiene::at(end.span()));
    let states_at = |span: Span| Ident::new(&states.to_string(), span);
    let (begin_states, end_states) = (states_at(begin_at), states_at(end_at));
    let begin_marker = match begin_path {
        None => quote_spanned!(begin_at=> #begin_states.#begin),
        Some(path) => {
            let named = hygiene::local("state");
            let markers = quote_spanned! {here=>
                #private::markers_of_pattern(#states, #of, |#named| match #named {
                    #path { .. } => {}
                    _ => {}
                })
            };
            quote_spanned!(begin_at=> #markers.#begin)
        }
    };
    let end_marker = quote_spanned!(end_at=> &#end_states.#end);
    // What has no edge is shown at the user's own place, and not as what a macro gave rise to.
    let edge = quote_spanned!(end.span()=> &());
    quote_spanned! {here=>
        let (#states, #of, #next) = (&#from).marked(#expr);
        let #index = (&#begin_marker).to(#end_marker, #edge);
        let #judged = (&#from).step_from(#index, &#next);
    }
}

fn text(step: &StepModel) -> SiteText {
    let levels = [Level::Info, Level::Error].map(Some);
    let mut text = SiteText::new(SiteKind::Transition, levels, "");
    text.fields(&step.fields);
    text
}

/// What remains of a call with mistakes in it.
pub(crate) fn refused_tokens(mistakes: &TokenStream, private: &TokenStream) -> TokenStream {
    quote_spanned! {Span::mixed_site()=>
        {
            #mistakes
            ::core::result::Result::<(), #private::IllegalTransition>::Ok(())
        }
    }
}
