//! The catalogue of a program that has call sites of every kind: `builds` builds it in several ways and compares with
//! `tests/golden`, `check` holds it against changed ones, `damage` damages it.
//! `STORYLINE_BLESS=1 cargo test -p storyline-cli --test catalog` writes the files anew.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on may end there")]

mod builds;
mod check;
mod damage;
mod whole;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// Builds an example and gives its path, which is that of this variant alone. What a variant sets would make cargo
/// build everything again, so they have a folder of their own; `flags` are for the example's own crate.
fn build(variant: &str, example: &str, arguments: &[&str], variables: &[(&str, &str)]) -> PathBuf {
    let (arguments, flags) = match arguments.iter().position(|it| *it == "--") {
        Some(at) => arguments.split_at(at),
        None => (arguments, &[][..]),
    };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("catalog");
    let mut command = Command::new(env!("CARGO"));
    command
        .args(["rustc", "--quiet", "--locked"])
        .args(["--package", "storyline-edition-2021"])
        .args(["--example", example, "--message-format", "json"])
        .args(arguments)
        .arg("--target-dir")
        .arg(&folder)
        .args(flags)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))
        .env_remove("STORYLINE_MAX_LEVEL")
        .envs(variables.iter().copied());
    let built = command.output().unwrap();
    let said = String::from_utf8_lossy(&built.stderr);
    assert!(built.status.success(), "{variant}: {said}");
    let messages = String::from_utf8(built.stdout).unwrap();
    let message = |line: &str| serde_json::from_str::<serde_json::Value>(line).ok();
    let file = messages
        .lines()
        .filter_map(message)
        .filter(|message| message["target"]["name"] == example)
        .find_map(|message| message["filenames"][0].as_str().map(PathBuf::from))
        .unwrap();
    // The next variant may be written in its place.
    let own = folder.join("built").join(variant);
    std::fs::create_dir_all(&own).unwrap();
    let path = own.join(example);
    std::fs::copy(file, &path).unwrap();
    path
}

/// The program as `cargo build` makes it.
fn debug() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| build("debug", "catalog", &[], &[]))
}

/// What the tool says, and its exit code.
fn catalog(program: &Path, arguments: &[&str]) -> (u8, String) {
    let mut line = vec!["storyline", "catalog", program.to_str().unwrap()];
    line.extend(arguments);
    let (mut out, mut messages) = (Vec::new(), Vec::new());
    let code = storyline_cli::run(&line, &mut out, &mut messages);
    out.extend(messages);
    (code, String::from_utf8(out).unwrap())
}

/// The whole catalogue as JSON.
fn golden() -> String {
    std::fs::read_to_string(golden_path("catalog.json")).unwrap()
}

fn golden_path(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "tests/golden", name]
        .iter()
        .collect()
}

fn compare(name: &str, found: &str) {
    let path = golden_path(name);
    if std::env::var_os("STORYLINE_BLESS").is_some() {
        std::fs::write(&path, found).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap();
    assert!(
        found == expected,
        "{} differs; expected\n{expected}\nfound\n{found}",
        path.display()
    );
}
