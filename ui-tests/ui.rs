//! Every rule of the macros has a failing file with its expected message.
//!
//! The wording of a compiler changes from release to release, so the messages are compared on one
//! release only; every other one still compiles the passing files.

use std::process::Command;

/// The release whose messages the `.stderr` files hold.
const BLESSED: &str = "rustc 1.95.";

#[test]
fn messages() {
    let cases = trybuild::TestCases::new();
    cases.pass("pass/*/*.rs");
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let version = Command::new(rustc)
        .arg("--version")
        .output()
        .expect("rustc runs");
    if version.stdout.starts_with(BLESSED.as_bytes()) {
        cases.compile_fail("fail/*/*.rs");
    }
}
