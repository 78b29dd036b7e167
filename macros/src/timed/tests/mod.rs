//! Expansions worth reading, and what is refused.

mod members;

use proc_macro2::{Delimiter, LineColumn, Span, TokenStream, TokenTree};
use quote::quote;

use super::{block, expand};
use crate::tests::{snapshot, snapshot_expr};

#[test]
fn a_plain_function() {
    let item = quote! {
        pub fn charge(user_id: u64, mut amount: u64) -> Result<u64, Declined> {
            amount += user_id;
            Ok(amount)
        }
    };
    snapshot("timed/plain", &expand(quote!(), item));
}

#[test]
fn every_option() {
    let arguments = quote! {
        level = DEBUG, err_level = WARNING, panic_level = CRITICAL, name = "charge_card",
        target = "payments", fields(user_id, amount = amount * 2), dependency = "stripe", slow = "500ms",
        slow_level = ERROR, only(err, slow, panic), err(debug), ok_if = is_fine, start, crate = my::storyline
    };
    let item = quote! {
        fn charge(&self, user_id: u64, amount: u64) -> Result<u64, Declined> {
            #![allow(unused)]
            Ok(amount)
        }
    };
    snapshot("timed/options", &expand(arguments, item));
}

#[test]
fn every_call_counts() {
    let item = quote! {
        fn charge(user_id: u64) -> u64 {
            user_id
        }
    };
    snapshot(
        "timed/percentiles",
        &expand(quote!(percentiles, level = DEBUG, fields(user_id)), item),
    );
}

#[test]
fn an_async_function() {
    let item = quote! {
        async fn charge(user_id: u64, _permit: Permit) -> Result<impl Send, Declined> {
            pay(user_id).await
        }
    };
    snapshot("timed/async", &expand(quote!(fields(user_id)), item));
}

#[test]
fn functions_that_return_futures() {
    let item = quote! {
        mod futures {
            fn open(text: &str) -> impl Future<Output = Result<(), Error>> + Send + use<'_> {
                before();
                async move { Ok(()) }
            }

            fn boxed<'a>(text: &'a str) -> Pin<Box<dyn Future<Output = ()> + Send + 'a>> {
                Box::pin(async move {})
            }
        }
    };
    snapshot("timed/futures", &expand(quote!(), item));
}

#[test]
fn bodies_that_stay_where_they_are() {
    let item = quote! {
        mod stay {
            #[track_caller]
            fn caller(value: u8) -> u32 {
                line(value)
            }

            fn never() -> ! {
                exit()
            }

            async fn never_async() -> ! {
                forever().await
            }
        }
    };
    snapshot("timed/guarded", &expand(quote!(), item));
}

#[test]
fn what_a_block_leaves_out() {
    let item = quote! {
        impl<const N: usize> Store<N> {
            const LIMIT: usize = { 5 };
            const fn limit() -> usize { Self::LIMIT }
            #[timed(skip)]
            fn skipped(&self) {}
            #[timed(level = TRACE)]
            fn own(&self) {}
        }
    };
    snapshot("timed/impl_block", &expand(quote!(level = DEBUG), item));
}

#[test]
fn a_timed_block() {
    let input = quote! { "db_fetch", fields(user_id), slow = 50ms, { fetch(user_id).await? } };
    snapshot_expr("timed/block", &block::expand(input));
}

#[test]
fn a_body_that_is_not_complete_passes_through() {
    let item = quote! {
        fn half(order: &Order) -> u64 {
            order.
        }
    };
    let expansion = expand(quote!(), item).to_string();
    assert!(expansion.contains("{ order . }"), "{expansion}");
    assert!(!expansion.contains("compile_error"), "{expansion}");
}

#[test]
fn half_an_attribute_in_a_body_passes_through() {
    let item = quote!(
        fn half() {
            #!
        }
    );
    let expansion = expand(quote!(), item).to_string();
    assert!(expansion.contains("{ # ! }"), "{expansion}");
    assert!(!expansion.contains("compile_error"), "{expansion}");
}

#[test]
fn attributes_in_a_body_that_is_passed_on_go_to_the_function() {
    let block = quote!(
        {
            #![allow(unused)]
            work();
        }
    );
    let passed_on = proc_macro2::Group::new(Delimiter::None, block.clone());
    let expanded = |body: &TokenStream| expand(quote!(), quote!(fn f() #body)).to_string();
    assert_eq!(expanded(&quote!(#passed_on)), expanded(&block));
}

#[test]
fn after_a_mistake_the_item_is_as_it_was() {
    for item in [
        quote!(
            #[inline]
            pub(crate) async unsafe fn f<T>(mut a: T) -> T
            where
                T: Copy,
            {
                #![allow(unused)]
                a
            }
        ),
        quote!(impl Store { const A: u8 = 1; fn f(&self) { g! {} } }),
        quote!(
            const fn f() -> u8 {
                1
            }
        ),
        quote!(
            struct Order {
                id: u64,
            }
        ),
    ] {
        let expansion = expand(quote!(banana), item.clone()).to_string();
        assert!(expansion.contains("compile_error"), "{expansion}");
        assert!(expansion.ends_with(&item.to_string()), "{expansion}");
    }
}

#[test]
fn no_unsafe_and_no_user_names_in_expansions() {
    let item = quote!(
        fn f(a: u8) -> Result<u8, E> {
            body(a)
        }
    );
    let expansion = expand(quote!(fields(a), start, slow = 1s), item).to_string();
    for word in ["unsafe", "use ", "allow"] {
        assert!(!expansion.contains(word), "{word}: {expansion}");
    }
}

/// What a token says and where it stands; of a group, its braces and all that is between.
type Leaf = (String, LineColumn, LineColumn);

fn leaves(tokens: TokenStream, found: &mut Vec<Leaf>) {
    let leaf = |text: String, span: Span| (text, span.start(), span.end());
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let side = |name| format!("{name} of {:?}", group.delimiter());
                found.push(leaf(side("begin"), group.span_open()));
                leaves(group.stream(), found);
                found.push(leaf(side("end"), group.span_close()));
            }
            other => found.push(leaf(other.to_string(), other.span())),
        }
    }
}

/// Asserts that every token of the last block of `before` is in `after`, in its order and with its place.
fn assert_body_stays(before: &str, after: TokenStream) {
    let tokens: TokenStream = before.parse().expect(before);
    let is_body =
        |it: &TokenTree| matches!(it, TokenTree::Group(it) if it.delimiter() == Delimiter::Brace);
    let body = tokens.into_iter().filter(is_body).last().expect(before);
    let (mut expected, mut found) = (Vec::new(), Vec::new());
    leaves(body.into(), &mut expected);
    leaves(after, &mut found);
    // Each source has places of its own, so lines and columns are compared.
    let mut found = found.into_iter();
    for leaf in expected {
        assert!(
            found.any(|it| it == leaf),
            "{leaf:?} has not stayed where it was in {before}"
        );
    }
}

#[test]
fn every_token_of_a_body_stays_where_it_was() {
    let signatures = [
        "fn f(a: u8)",
        "fn f(a: u8) -> u8",
        "fn f(mut a: u8) -> Result<impl Sized, E>",
        "fn f(a: u8) -> !",
        "#[track_caller] fn f(a: u8) -> u8",
        "fn f(a: u8) -> impl Fn(u8) -> u8",
        "fn f(a: u8) -> impl Future<Output = u8>",
        "fn f(a: u8) -> Pin<Box<dyn Future<Output = u8> + Send>>",
        "async fn f(a: u8)",
        "async fn f(mut a: u8, _permit: Permit) -> Result<u8, E>",
        "async fn f(a: u8) -> impl Sized",
        "async fn f(a: u8) -> !",
    ];
    for signature in signatures {
        for arguments in [quote!(), quote!(fields(a), start, percentiles, slow = 1s)] {
            let source = format!(
                "{signature} {{\n    let b = [a; 2];\n    call(&b, |x| {{ x + 1 }})?;\n    b[0]\n}}"
            );
            let item: TokenStream = source.parse().expect("the test's own tokens");
            assert_body_stays(&source, expand(arguments, item));
        }
    }
    let source = "\"name\", fields(a), slow = 1s, {\n    let b = a.await?;\n    b\n}";
    let input: TokenStream = source.parse().expect("the test's own tokens");
    assert_body_stays(source, block::expand(input));
}

/// The runtime's table is the one that records are written by.
#[test]
fn a_block_is_measured_where_leaving_it_would_be_recorded() {
    for (arguments, expected) in [
        (
            quote!("block", only(err), err_level = DEBUG, { work()? }),
            "Info",
        ),
        (
            quote!("block", only(cancelled), level = WARNING, { work()? }),
            "Warning",
        ),
        (
            quote!("block", only(panic), panic_level = DEBUG, { work()? }),
            "Debug",
        ),
    ] {
        let code = block::expand(arguments).to_string();
        let (_, highest) = code.split_once(". highest (").expect(&code);
        let highest = highest.split_once(')').expect(&code).0;
        assert!(highest.trim().ends_with(expected), "{expected}: {highest}");
    }
}

#[test]
fn what_is_left_out_is_not_told_by_a_name_alone() {
    let show = quote!(
        fn show(&self) -> u8 {
            1
        }
    );
    let fmt = quote!(
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            Ok(())
        }
    );
    let (end, end_shared) = (
        quote!(
            fn drop(&mut self) {}
        ),
        quote!(
            fn drop(&self) {}
        ),
    );
    for (item, is_timed, is_refused) in [
        (quote!(impl Display for Order { #show }), true, false),
        (quote!(impl Drop for Order { #show }), true, false),
        (quote!(impl Drop for Order { #end_shared }), true, false),
        (quote!(impl Order { #end }), true, false),
        (quote!(trait Ends { #end }), true, false),
        (quote!(impl Ends for Order { #end }), true, false),
        (end_shared, true, false),
        (quote!(impl Drop for Order { #end }), false, true),
        (
            quote!(impl Drop for Order { fn drop(self: &mut Self) {} }),
            false,
            true,
        ),
        (quote!(impl fmt::LowerHex for Order { #fmt }), false, true),
        (
            quote!(impl core::fmt::Debug for Order { #fmt }),
            false,
            true,
        ),
        (quote!(impl Shown for Order { #fmt #show }), true, false),
        (end, false, true),
        (fmt, false, true),
    ] {
        let alone = expand(quote!(), item.clone()).to_string();
        assert_eq!(alone.contains("compile_error"), is_refused, "{item}");
        assert_eq!(alone.contains("__STORYLINE_PLAN"), is_timed, "{item}");
        // A function alone is no longer alone in a module, which is no `impl Drop`.
        if item.to_string().starts_with("fn drop") {
            continue;
        }
        let inside = expand(quote!(), quote!(mod orders { #item })).to_string();
        assert!(!inside.contains("compile_error"), "{item}");
        assert_eq!(inside.contains("__STORYLINE_PLAN"), is_timed, "{item}");
    }
}
