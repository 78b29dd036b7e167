//! Expansions worth reading, and what is refused.

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
