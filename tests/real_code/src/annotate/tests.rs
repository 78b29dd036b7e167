//! What text becomes.

use super::{Form, Reason, annotate};

fn both(source: &str) -> (String, String, super::Count) {
    let (blocks, count) = annotate("a.rs", source, Form::Blocks, &[], false).expect("it parses");
    let (functions, again) =
        annotate("a.rs", source, Form::Functions, &[], false).expect("it parses");
    assert_eq!(
        (count.timed, &count.left_out),
        (again.timed, &again.left_out)
    );
    (blocks, functions, count)
}

#[test]
fn nothing_but_insertions_and_no_line_moves() {
    let source = "#![allow(x)]\n/// Text.\n#[inline]\npub(crate) fn  f ( ) { /* kept */ 1 ; }\n\nmod m {\n    impl A { unsafe fn g(&self) {} const fn h() {} }\n}\n";
    let (blocks, functions, count) = both(source);
    assert_eq!(
        blocks,
        source
            .replace("pub(crate) fn", "#[::storyline::timed] pub(crate) fn")
            .replace("mod m", "#[::storyline::timed] mod m")
    );
    assert!(functions.contains("#[inline]\n#[::storyline::timed(name = \"a.rs:4 f\")] pub(crate) fn  f ( ) { ::storyline_real_code_start::entered!(\"a.rs:4 f\"); /* kept */ 1 ; }"), "{functions}");
    assert!(
        functions.contains("impl A { #[::storyline::timed(name = \"a.rs:7 g\")] unsafe fn g"),
        "{functions}"
    );
    assert_eq!(functions.lines().count(), source.lines().count());
    assert_eq!((count.timed, count.left_out[&Reason::Const]), (2, 1));
}

#[test]
fn what_a_macro_writes_is_annotated_and_what_it_is_handed_is_not() {
    let source = "macro_rules! m { ($v:vis fn $n:ident()) => { impl X for Y { $v fn $n() -> u8 { 1 } fn b(); } impl fmt::Debug for Y { fn fmt(&self, f: &mut fmt::Formatter) {} } }; }\nm! { fn x() {} }\ncfg_if! { if #[cfg(a)] { fn y() {} } }";
    let (blocks, _, count) = both(source);
    assert!(
        blocks.contains("{ #[::storyline::timed] $v fn $n() -> u8"),
        "{blocks}"
    );
    assert!(
        blocks.contains("{ #[::storyline::timed] fn y() {}"),
        "{blocks}"
    );
    assert_eq!(count.timed, 2);
    let left: Vec<_> = count.left_out.into_iter().collect();
    assert_eq!(
        left,
        [
            (Reason::NoBody, 1),
            (Reason::Shown, 1),
            (Reason::MacroInput, 1)
        ]
    );
}

#[test]
fn a_module_in_another_file_is_no_block() {
    let (blocks, ..) = both("mod a { mod b; fn f() {} }");
    assert_eq!(blocks, "mod a { mod b; #[::storyline::timed] fn f() {} }");
}

#[test]
fn what_is_refused_is_skipped_inside_a_block() {
    let (blocks, ..) = both("impl A { fn f() -> impl Future<Output = ()> + Clone { g() } }");
    assert!(
        blocks.contains("{ #[::storyline::timed(skip)] fn f"),
        "{blocks}"
    );
}

#[test]
fn items_inside_a_body_have_their_own() {
    let (blocks, ..) = both("impl Drop for A { fn drop(&mut self) { fn g() {} } }");
    assert!(blocks.contains("#[::storyline::timed] fn g"), "{blocks}");
    assert!(blocks.starts_with("impl Drop"), "{blocks}");
}

#[test]
fn what_is_left_out_is_not_told_by_a_name_alone() {
    let (blocks, _, count) = both(
        "impl Display for A { fn show(&self) {} }\nimpl A { fn drop(&self) {} }\nimpl fmt::LowerHex for A { fn fmt(&self, f: &mut fmt::Formatter) {} }",
    );
    assert_eq!((count.timed, count.left_out[&Reason::Shown]), (2, 1));
    assert_eq!(
        blocks.matches("#[::storyline::timed] impl").count(),
        2,
        "{blocks}"
    );
}
