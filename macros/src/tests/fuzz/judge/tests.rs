//! The judge sees what is wrong, and nothing else.

use quote::{quote, quote_spanned};

use super::*;

fn called(kind: Kind) -> Result<Verdict, String> {
    let call = Call {
        door: Door {
            name: "made_up",
            kind,
        },
        arguments: tree::of_stream(quote!(a, b)),
        item: tree::of_stream(quote!(
            struct F {}
        )),
    };
    judge(&call, &Ruler::new())
}

/// A message at the last of the tokens.
fn message(tokens: TokenStream) -> TokenStream {
    let last = tokens.into_iter().last().expect("there are some");
    syn::Error::new(last.span(), "why").to_compile_error()
}

#[test]
fn what_a_door_must_not_do_is_noticed() {
    for (kind, part) in [
        (Kind::Call(|_| panic!("of the test")), "panicked"),
        (
            Kind::Call(|_| {
                quote!({
                    ::core::compile_error! { " " }
                })
            }),
            "without words",
        ),
        (
            Kind::Call(|_| {
                quote!({
                    ::core::compile_error! { "why" }
                })
            }),
            "at none of the user's",
        ),
        (Kind::Call(|_| quote!(a b)), "not what may stand there"),
        (
            Kind::CallOnBlock(|_| quote!(a b)),
            "not what may stand there",
        ),
        (
            Kind::Attribute(|_, _| quote!(a b)),
            "not what may stand there",
        ),
        (Kind::Attribute(|_, item| message(item)), "did not survive"),
        (Kind::Derive(|_| quote!(a b)), "not what may stand there"),
        (Kind::Derive(message), "no implementation remains"),
    ] {
        let why = called(kind).expect_err(part);
        assert!(why.contains(part), "{why}");
    }
}

#[test]
fn what_a_door_may_do_is_fine() {
    assert_eq!(called(Kind::Call(|_| quote!(f(1)))), Ok(Verdict::Taken));
    let refuses = Kind::Call(|input| {
        let message = message(input);
        quote!({ #message })
    });
    assert_eq!(called(refuses), Ok(Verdict::Refused));
    let keeps = Kind::Attribute(|_, item| {
        let message = message(item.clone());
        quote_spanned!(proc_macro2::Span::call_site()=> #message #item)
    });
    assert_eq!(called(keeps), Ok(Verdict::Refused));
}
