//! The machine in Rust. Prints, judges nothing, cannot fail.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::ItemEnum;
use syn::ext::IdentExt;

use super::attributes::{conditions, strip};
use super::markers::{marker, markers_tokens};
use super::mermaid;
use super::model::{Model, targets};

/// Prints the enum and its machine.
pub(crate) fn expand(model: &Model<'_>) -> TokenStream {
    let diagram = mermaid::diagram(model);
    let doc = format!(
        "\n\n# The machine `{}`\n\n```mermaid\n{diagram}```\n",
        model.name
    );
    let item = stripped(model.item, Some(&doc));
    let machine = machine_tokens(model, &diagram, false);
    quote!(#item #machine)
}

/// Prints the enum and a machine that allows everything, after a mistake was found.
pub(crate) fn permissive(model: &Model<'_>) -> TokenStream {
    let item = stripped(model.item, None);
    let idents = model.idents();
    let twins = (1..idents.len()).any(|index| idents[..index].contains(&idents[index]));
    // The compiler has its own words for a variant that is there twice.
    if twins {
        return quote!(#item);
    }
    let machine = machine_tokens(model, &mermaid::diagram(model), true);
    quote!(#item #machine)
}

/// The item without our attributes.
fn stripped(item: &ItemEnum, doc: Option<&str>) -> ItemEnum {
    let mut item = item.clone();
    if let Some(doc) = doc {
        item.attrs.push(syn::parse_quote!(#[doc = #doc]));
    }
    for variant in &mut item.variants {
        strip(&mut variant.attrs);
    }
    item
}

/// Prints
///
/// ```text
/// const _: () = {
///     <markers>
///     pub struct StatesOfOrder { pub Created: __storyline_states::Created, ... }
///     impl $p::Machine for Order { ... }
///     impl $p::Place for Order { ... }
///     impl Order { pub const MERMAID: &'static str = "..."; }
/// };
/// ```
fn machine_tokens(model: &Model<'_>, diagram: &str, permissive: bool) -> TokenStream {
    let here = Span::mixed_site();
    let markers = markers_tokens(model, permissive);
    let machine = machine_impl_tokens(model);
    let place = place_impl_tokens(model);
    let all = all_ident(model);
    let names: Vec<Ident> = model.states.iter().map(marker).collect();
    let enum_ident = &model.item.ident;
    let vis = &model.item.vis;
    let (impl_generics, type_generics, where_clause) = model.item.generics.split_for_impl();
    quote_spanned! {here=>
        const _: () = {
            #markers

            pub struct #all {
                #(pub #names: __storyline_states::#names,)*
            }

            #machine
            #place

            impl #impl_generics #enum_ident #type_generics #where_clause {
                /// The machine as a [Mermaid](https://mermaid.js.org) diagram.
                #vis const MERMAID: &'static ::core::primitive::str = #diagram;
            }
        };
    }
}

/// The structure of all markers.
fn all_ident(model: &Model<'_>) -> Ident {
    format_ident!(
        "StatesOf{}",
        model.item.ident.unraw(),
        span = Span::mixed_site()
    )
}

/// Prints
///
/// ```text
/// impl $p::MachineText for StatesOfOrder { const TEXT: &'static str = "order\n>created paid\n paid"; }
/// impl $p::Machine for Order {
///     const TABLE: &'static $p::StateTable = &$p::StateTable::new("order", 0, &[
///         $p::State::new("created", &[1, 4]),
///     ]);
///     type Markers = StatesOfOrder;
///     const MARKERS: StatesOfOrder = StatesOfOrder { Created: __storyline_states::Created, ... };
///     fn state_index(&self) -> usize { match *self { Self::Created { .. } => 0, ... } }
/// }
/// ```
fn machine_impl_tokens(model: &Model<'_>) -> TokenStream {
    let here = Span::mixed_site();
    let private = model.storyline.private();
    let enum_ident = &model.item.ident;
    let (impl_generics, type_generics, where_clause) = model.item.generics.split_for_impl();
    let all = all_ident(model);
    let names: Vec<Ident> = model.states.iter().map(marker).collect();
    let indices = 0..model.states.len();
    let states = model.states.iter();
    let conditions: Vec<_> = states.map(|state| conditions(state.variant)).collect();
    let machine_name = &model.name;
    let initial = model.initial.unwrap_or_default();
    let text = text(model);
    let rows = model.states.iter().map(|state| {
        let name = &state.name;
        let targets = targets(state);
        quote_spanned!(here=> #private::State::new(#name, &[#(#targets),*]))
    });
    let deprecated = model
        .states
        .iter()
        .flat_map(|state| &state.variant.attrs)
        .any(|attribute| attribute.path().is_ident("deprecated"))
        .then(|| quote_spanned!(here=> #[allow(deprecated, reason = "a variant that is going away may still be a state")]));
    quote_spanned! {here=>
        impl #private::MachineText for #all {
            const TEXT: &'static ::core::primitive::str = #text;
        }
        impl #impl_generics #private::Machine for #enum_ident #type_generics #where_clause {
            const TABLE: &'static #private::StateTable =
                &#private::StateTable::new(#machine_name, #initial, &[#(#rows),*]);
            type Markers = #all;
            const MARKERS: #all = #all {
                #(#names: __storyline_states::#names,)*
            };
            #deprecated
            fn state_index(&self) -> ::core::primitive::usize {
                match *self {
                    #(#(#conditions)* Self::#names { .. } => #indices,)*
                }
            }
        }
    }
}

/// What the catalogue tells of the machine: `order`, then lines such as `>created paid cancelled`.
fn text(model: &Model<'_>) -> String {
    let mut text = model.name.clone();
    for (index, state) in model.states.iter().enumerate() {
        text.push('\n');
        text.push(if model.initial == Some(index) {
            '>'
        } else {
            ' '
        });
        text.push_str(&state.name);
        for target in targets(state) {
            text.push(' ');
            text.push_str(&model.states[target].name);
        }
    }
    text
}

/// Prints the place that a bare enum is: it has no id and no time.
fn place_impl_tokens(model: &Model<'_>) -> TokenStream {
    let here = Span::mixed_site();
    let private = model.storyline.private();
    let enum_ident = &model.item.ident;
    let all = all_ident(model);
    let (impl_generics, type_generics, where_clause) = model.item.generics.split_for_impl();
    quote_spanned! {here=>
        #[doc(hidden)]
        #[diagnostic::do_not_recommend]
        impl #impl_generics #private::Place for #enum_ident #type_generics #where_clause {
            type Machine = Self;
            type Markers = #all;
            type Id<'__storyline> = #private::Absent where Self: '__storyline;
            type InState = #private::Absent;
            fn state_of_place(&self) -> &Self {
                self
            }
            fn id_of_place(&self) -> #private::Absent {
                #private::Absent
            }
            fn time_at_place(&self) -> #private::Absent {
                #private::Absent
            }
            fn enter_place(&mut self, next: Self) {
                *self = next;
            }
        }
    }
}
