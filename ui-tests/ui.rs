//! Every rule of the macros has a failing file with its expected message.
//!
//! The wording of a compiler changes from release to release, so the messages are compared on one
//! release only; every other one still compiles the passing files, and says so. Where `CI` is set the
//! release must be the right one: there nobody reads what was left out.

use std::io::Write;
use std::process::Command;

/// The release whose messages the `.stderr` files hold.
const BLESSED: &str = "1.95";

#[test]
fn messages() {
    let version = version_of_the_compiler();
    if version.starts_with(&format!("rustc {BLESSED}.")) {
        let cases = trybuild::TestCases::new();
        cases.pass("pass/*/*.rs");
        cases.compile_fail("fail/*/*.rs");
        return;
    }
    let is_ci = std::env::var_os("CI").is_some_and(|it| !it.is_empty() && it != "false");
    assert!(
        !is_ci,
        "the compiler is {version}, and ui-tests/fail holds the messages of Rust {BLESSED}: run with \
         that toolchain (`rustup run {BLESSED} bash .ci/run`), or move to this compiler: set `BLESSED` \
         in ui-tests/ui.rs, run `TRYBUILD=overwrite cargo test -p storyline-ui-tests` and read the \
         difference"
    );
    // Past the capture of the test harness, which shows nothing of a test that passes.
    let mut out = std::io::stderr();
    let _ = writeln!(
        out,
        "skipped: ui-tests/fail is not compared, its messages are those of Rust {BLESSED} and the \
         compiler is {version}"
    );
    trybuild::TestCases::new().pass("pass/*/*.rs");
}

fn version_of_the_compiler() -> String {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc)
        .arg("--version")
        .output()
        .expect("rustc runs");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}
