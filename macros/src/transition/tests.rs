//! Expansions as a person reads them, and that any tokens are answered.

use quote::quote;

use crate::tests::snapshot_expr;

#[test]
fn a_step() {
    let step =
        quote!(order.state => Order::PaymentPending { attempt: 1 }, order_id = order.id, %note);
    snapshot_expr("transition/step", &super::expand(step));
}

#[test]
fn a_checked_step() {
    let step = quote!(*state: PaymentPending => Order::Paid, id = 7);
    snapshot_expr("transition/checked", &super::expand(step));
}

#[test]
fn a_refused_call() {
    let step = quote!(order.state() => Order::Paid, from = 1);
    snapshot_expr("transition/refused", &super::expand(step));
}

#[test]
fn any_tokens_are_answered_with_errors() {
    for call in [
        quote!(),
        quote!(a),
        quote!(a =>),
        quote!(a => ,),
        quote!(=> b),
        quote!(a: => b),
        quote!(a: B),
        quote!(a: B::C => D::E),
        quote!(a => b c),
        quote!(a => b, , c = 1),
        quote!(a => b => c),
        quote!(1 + => b),
        quote!(let x = 5),
        quote!("a" => b),
    ] {
        let text = super::expand(call.clone()).to_string();
        assert!(text.contains("compile_error"), "{call} became {text}");
        assert!(
            text.contains("IllegalTransition > :: Ok"),
            "{call} has another type: {text}"
        );
    }
}

#[test]
fn every_form_of_a_target_shows_its_variant() {
    for target in [
        quote!(Order::Paid),
        quote!(Order::Paid { amount: 5 }),
        quote!(Order::Paid(5)),
        quote!(Order::<u8>::Paid),
        quote!(crate::model::Order::Paid),
        quote!(self::Order::Paid(5, 6)),
        quote!(<Order as Same>::Paid),
        quote!((Order::Paid)),
        quote!(Paid),
        quote!(Self::r#Paid),
    ] {
        let text = super::expand(quote!(a: B => #target)).to_string();
        assert!(!text.contains("compile_error"), "{target} became {text}");
    }
    for target in [
        quote!(paid),
        quote!(Self),
        quote!(Order::Self),
        quote!(paid()),
        quote!(order.next()),
        quote!(match a {}),
    ] {
        let text = super::expand(quote!(a: B => #target)).to_string();
        assert!(text.contains("Enum::Variant"), "{target} became {text}");
    }
}

#[test]
fn places_are_judged_by_their_form() {
    for place in [
        quote!(a),
        quote!(self.a.b),
        quote!(a.0),
        quote!(*a),
        quote!(**a.b),
        quote!(a[0].b),
        quote!(a[i + 1]),
        quote!(a[b.c as usize]),
        quote!(a[b[0]]),
        quote!(*self.a),
    ] {
        let text = super::expand(quote!(#place => b)).to_string();
        assert!(!text.contains("compile_error"), "{place} became {text}");
    }
    for place in [
        quote!(a()),
        quote!(a.b()),
        quote!(*a.b()),
        quote!(a[b()]),
        quote!(a[b + c()]),
        quote!(&mut a),
        quote!(a!()),
        quote!(a.await),
        quote!(a?),
        quote!({ a }),
        quote!(a[{ b }]),
    ] {
        let text = super::expand(quote!(#place => b)).to_string();
        assert!(text.contains("compile_error"), "{place} became {text}");
    }
}

#[test]
fn a_place_too_long_to_be_repeated_is_still_told_what_is_wrong() {
    for (place, part) in [
        (
            quote!(a.the_state_of_the_order_with_this_long_name(b)),
            "bind it before the step",
        ),
        (
            quote!(if a {
                the_state_of_an_order
            } else {
                the_state_of_another
            }),
            "this is not a place",
        ),
    ] {
        let text = super::expand(quote!(#place => b)).to_string();
        assert!(text.contains(part), "{place} became {text}");
    }
}
