//! Every rule of the macros has a failing file with its expected message.

#[test]
fn messages() {
    let cases = trybuild::TestCases::new();
    cases.pass("pass/*/*.rs");
    cases.compile_fail("fail/*/*.rs");
}
