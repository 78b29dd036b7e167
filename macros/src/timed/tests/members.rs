//! What stands beside the functions of a block, and braces in their signatures: no function is missed, nothing else
//! is taken for one.

use proc_macro2::TokenStream;

use crate::timed::expand;

/// How many functions of the item are timed.
fn timed_in(source: &str) -> usize {
    let item: TokenStream = source.parse().expect("the test's own tokens");
    let code = expand(TokenStream::new(), item).to_string();
    assert!(!code.contains("compile_error"), "{source}: {code}");
    code.matches("static __STORYLINE_PLAN").count()
}

#[test]
fn every_function_is_found_among_other_items() {
    for (count, source) in [
        (
            1,
            "mod m { unsafe extern \"C\" { pub safe fn a(b: i32); static C: u8; type D; } fn f() {} }",
        ),
        (
            1,
            "mod m { extern crate alloc as a; use a::{b::{self, c as _}, *}; use d::{e}; fn f() {} }",
        ),
        (
            1,
            "mod m { static mut A: u8 = match b { 1 => 2, _ => 3 } + 1; const _: () = {}; fn f() {} }",
        ),
        (
            1,
            "mod m { struct A(u8); struct B<T> where T: C; union D { e: u8 } enum E { F = 1, G { h: u8 } } fn f() {} }",
        ),
        (
            1,
            "mod m { macro_rules! a { () => { fn b() {} } } a! { fn c() {} } a!(); a![]; macro d() {} fn f() {} }",
        ),
        (
            2,
            "mod m { unsafe impl Send for A {} impl !Sync for A {} mod n { fn f() {} } mod o; fn g() {} }",
        ),
        (
            3,
            "mod m { struct A<const N: usize = { 1 }>; impl A<{ 1 }> { fn f() {} } trait B<const N: usize = { 1 }> { fn g() {} } fn h() {} }",
        ),
        (
            1,
            "impl A { const B: C<{ 1 }> = { 5 }; const D: E = E { f: 1 }.g(); type H = [u8; { 1 }]; m! {} fn f() {} }",
        ),
        (
            4,
            "impl A<{ 1 }, B> for C<{ 2 }> where B: D<{ 3 }> { fn f() -> [u8; { 1 }] {} fn g(a: D<{ 1 }>) where E<{ 2 }>: F {} \
             fn h() -> D<{ 1 }> {} fn i() -> B where D<{ 1 }>: F<{ 1 }, { 2 }> {} }",
        ),
        (
            2,
            "unsafe trait A: B<{ 1 }> where Self: C { const D: u8 = { 1 }; fn f() -> B<{ 1 }>; fn g() {} type T: D<{ 1 }>; \
             async fn h(&self) {} const fn i() {} }",
        ),
        (
            3,
            "impl A { #[rustfmt::skip] default fn f() {} unsafe extern \"C\" fn g() {} async unsafe fn h() {} \
             const unsafe fn i() {} }",
        ),
    ] {
        assert_eq!(timed_in(source), count, "{source}");
    }
}
