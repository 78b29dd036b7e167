//! Expansions as a person reads them, and what the graph rules leave unsaid.

use quote::quote;

use super::args;
use super::check;
use super::model;
use crate::diag::Errors;
use crate::tests::snapshot;

/// What is said about a machine.
fn messages(arguments: proc_macro2::TokenStream, item: proc_macro2::TokenStream) -> Vec<String> {
    let mut errors = Errors::new();
    let args = args::parse(arguments, &mut errors);
    let item = syn::parse2(item).expect("the test's item is an enum");
    let model = model::build(&args, &item, &mut errors);
    check::check(&model, &mut errors);
    errors.into_messages()
}

#[test]
fn an_enum_and_its_machine() {
    let expansion = super::expand(
        quote!(initial = Created),
        quote! {
            /// An order.
            #[derive(Debug)]
            pub(crate) enum Order<'a, T: Clone = u8>
            where
                T: Copy,
            {
                /// Nothing happened.
                #[to(Paid, Cancelled)]
                Created,
                #[terminal]
                Paid { amount: T },
                #[terminal]
                #[deprecated]
                Cancelled(&'a str),
            }
        },
    );
    snapshot("state_machine/generics", &expansion);
}

#[test]
fn what_stands_under_a_condition() {
    let item = quote! {
        enum Lamp {
            #[cfg_attr(a, serde(skip), to(Off))]
            On,
            #[cfg_attr(a, cfg_attr(b, cfg(c), terminal), start)]
            Off,
            #[cfg_attr(a, to(On))]
            #[to(Off)]
            Broken,
        }
    };
    let messages = messages(quote!(initial = On), item.clone());
    let parts = [
        "write `#[to(Off)]` without `cfg_attr`",
        "write `#[terminal]` without `cfg_attr`",
        "write `#[to(On)]` without `cfg_attr`",
        "cannot depend on `#[cfg]`",
    ];
    assert_eq!(messages.len(), parts.len(), "{messages:#?}");
    for (message, part) in messages.iter().zip(parts) {
        assert!(message.contains(part), "{message}");
    }
    // What is not ours stays, and is the compiler's to judge.
    let expansion = super::expand(quote!(initial = On), item).to_string();
    let left = quote! {
        #[cfg_attr(a, serde(skip))]
        On,
        #[cfg_attr(a, cfg_attr(b, cfg(c)), start)]
        Off,
        Broken,
    };
    assert!(expansion.contains(&left.to_string()), "{expansion}");
}

#[test]
fn a_machine_after_a_mistake() {
    let expansion = super::expand(
        quote!(initial = On, name = "lamp.main", crate = my::storyline),
        quote! {
            enum Lamp {
                #[to(Of)]
                On,
                #[to(On)]
                Off,
            }
        },
    );
    snapshot("state_machine/permissive", &expansion);
}

#[test]
fn the_same_machine_is_printed_the_same() {
    let machine = || {
        let item = quote! {
            enum Order {
                #[to(C, B, D)] A,
                #[to(D, A)] B,
                #[to(A)] C,
                #[terminal] D,
            }
        };
        super::expand(quote!(initial = A), item).to_string()
    };
    assert_eq!(machine(), machine());
}

#[test]
fn one_mistyped_target_does_not_cut_off_what_comes_after_it() {
    let said = messages(
        quote!(initial = Created),
        quote! {
            enum Order {
                #[to(Piad)] Created,
                #[to(Shipped)] Paid,
                #[terminal] Shipped,
            }
        },
    );
    assert_eq!(
        said,
        ["`Piad` is not a state of `Order`; did you mean `Paid`?"]
    );
}

#[test]
fn reachability_is_not_judged_when_an_edge_is_lost() {
    let said = messages(
        quote!(initial = Created),
        quote! {
            enum Order {
                #[to(Elsewhere)] Created,
                #[terminal] Paid,
            }
        },
    );
    assert_eq!(
        said,
        ["`Elsewhere` is not a state of `Order`; its states are `Created` and `Paid`"]
    );
}

#[test]
fn cycles_and_self_loops_are_ways_out() {
    let item = quote! {
        enum Pulse {
            #[to(Beat)] Rest,
            #[to(Beat, Rest)] Beat,
        }
    };
    assert!(messages(quote!(initial = Rest), item).is_empty());
    let item = quote!(
        enum Pulse {
            #[to(Beat)]
            Beat,
        }
    );
    assert!(messages(quote!(initial = Beat), item).is_empty());
}

#[test]
fn many_states_are_not_all_listed() {
    let variants = (0..30).map(|number| quote::format_ident!("Number{number}"));
    let said = messages(
        quote!(initial = Zzz),
        quote!(enum Many { #(#[terminal] #variants,)* }),
    );
    assert_eq!(
        said[0],
        "`Zzz` is not a state of `Many`; its states are `Number0`, `Number1`, `Number2`, `Number3`, \
         `Number4`, `Number5`, `Number6`, `Number7` and 22 more"
    );
    assert_eq!(
        said.len(),
        1,
        "without a beginning nothing is unreachable: {said:?}"
    );
}

#[test]
fn mermaid_words_are_not_used_as_names() {
    let expansion = super::expand(
        quote!(initial = State),
        quote! {
            enum Odd {
                #[to(End, Über)] State,
                #[terminal] End,
                #[terminal] Über,
            }
        },
    );
    let text = expansion.to_string();
    for line in [
        r#"state \"state\" as state_0"#,
        r#"state \"end\" as state_1"#,
        r#"state \"über\" as state_2"#,
        "state_0 --> state_1",
        "state_2 --> [*]",
    ] {
        assert!(text.contains(line), "{line} is missing in {text}");
    }
}

#[test]
fn any_tokens_are_answered_with_errors() {
    for item in [quote!(), quote!(enum), quote!(x + 1)] {
        let text = super::expand(quote!(initial = A), item).to_string();
        assert!(text.contains("compile_error"), "{text}");
    }
    for arguments in [
        quote!(=),
        quote!(,),
        quote!(initial =),
        quote!(initial = 5),
        quote!(5, "x"),
    ] {
        let text = super::expand(
            arguments,
            quote!(
                enum A {
                    #[terminal]
                    B,
                }
            ),
        )
        .to_string();
        assert!(text.contains("compile_error"), "{text}");
        assert!(
            text.contains("Machine for A"),
            "the machine is gone: {text}"
        );
    }
}
