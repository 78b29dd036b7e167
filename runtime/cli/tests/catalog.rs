//! The catalogue of a program that has call sites of every kind, built in several ways: compared with `tests/golden`.
//! `STORYLINE_BLESS=1 cargo test -p storyline-cli --test catalog` writes the files anew.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on may end there")]

use std::path::{Path, PathBuf};
use std::process::Command;

/// Builds the program and gives its path. What a variant sets would make cargo build everything again, so the
/// variants have a folder of their own.
fn build(arguments: &[&str], variables: &[(&str, &str)]) -> PathBuf {
    let mut command = Command::new(env!("CARGO"));
    command
        .args(["build", "--quiet", "--locked"])
        .args(["--package", "storyline-edition-2021"])
        .args(["--example", "catalog", "--message-format", "json"])
        .args(arguments)
        .arg("--target-dir")
        .arg(Path::new(env!("CARGO_TARGET_TMPDIR")).join("catalog"))
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))
        .env_remove("STORYLINE_MAX_LEVEL")
        .envs(variables.iter().copied());
    let built = command.output().unwrap();
    let said = String::from_utf8_lossy(&built.stderr);
    assert!(built.status.success(), "{said}");
    let messages = String::from_utf8(built.stdout).unwrap();
    let message = |line: &str| serde_json::from_str::<serde_json::Value>(line).ok();
    messages
        .lines()
        .filter_map(message)
        .filter(|message| message["target"]["name"] == "catalog")
        .find_map(|message| message["executable"].as_str().map(PathBuf::from))
        .unwrap()
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

fn compare(name: &str, found: &str) {
    let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), "tests/golden", name]
        .iter()
        .collect();
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

#[test]
fn every_build_has_the_same_catalogue() {
    let debug = build(&[], &[]);
    for (name, arguments) in [
        ("catalog.txt", &["--width", "100"][..]),
        ("catalog.json", &["--json"]),
        ("catalog.md", &["--markdown"]),
    ] {
        let (code, found) = catalog(&debug, arguments);
        assert_eq!(code, 0, "{found}");
        compare(name, &found);
    }
    let expected = catalog(&debug, &["--json"]);
    let variants: [(&str, &[(&str, &str)]); 3] = [
        ("as usual", &[]),
        ("stripped", &[("CARGO_PROFILE_RELEASE_STRIP", "true")]),
        (
            "small, as one, stripped",
            &[
                ("CARGO_PROFILE_RELEASE_STRIP", "true"),
                ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "z"),
                ("CARGO_PROFILE_RELEASE_LTO", "fat"),
                ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "1"),
            ],
        ),
    ];
    let mut smallest = Vec::new();
    for (variant, variables) in variants {
        let program = build(&["--release"], variables);
        assert_eq!(catalog(&program, &["--json"]), expected, "{variant}");
        smallest = std::fs::read(&program).unwrap();
    }
    let nothing = build(&["--release"], &[("STORYLINE_MAX_LEVEL", "off")]);
    let (code, said) = catalog(&nothing, &[]);
    assert_eq!(code, 1);
    assert!(said.contains("no call site of storyline is in"), "{said}");
    // What is cut off or not meant is refused in words.
    let whole = std::fs::read(&debug).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let cut = folder.path().join("cut");
    for (len, reason) in [
        (0, "is no ELF file"),
        (5, "is a damaged ELF file"),
        (4096, "is cut off"),
    ] {
        std::fs::write(&cut, &whole[..len]).unwrap();
        let (code, said) = catalog(&cut, &[]);
        assert_eq!(code, 2, "{said}");
        assert!(said.contains(reason) && said.contains("/cut`"), "{said}");
    }
    nothing_is_trusted(&smallest, &cut);
    broken_is_found(&expected.1, folder.path());
}

/// Whatever stands in the file, the tool says something and ends.
fn nothing_is_trusted(whole: &[u8], path: &Path) {
    let found = memchr::memmem::find_iter(whole, &storyline::catalog::MAGIC);
    let entries: Vec<usize> = found.collect();
    assert!(entries.len() >= 10, "{}", entries.len());
    let mut places: Vec<usize> = (0..64).chain((64..1024).step_by(8)).collect();
    places.extend(entries.iter().flat_map(|at| [at - 16, at - 8, *at, at + 4]));
    let mut bytes = whole.to_vec();
    for place in places {
        for value in [0x00, 0xff, 0x80] {
            for at in place..(place + 8).min(bytes.len()) {
                bytes[at] = value;
            }
            std::fs::write(path, &bytes).unwrap();
            let (code, said) = catalog(path, &["--json"]);
            assert!(code <= 2 && !said.is_empty(), "{place} {code} {said}");
            bytes[place..place + 8].copy_from_slice(&whole[place..place + 8]);
        }
    }
}

/// Changes the older catalogue, so that the program is what has changed since.
fn broken_is_found(whole: &str, folder: &Path) {
    let (old, new) = (folder.join("old.json"), folder.join("new.json"));
    std::fs::write(&new, whole).unwrap();
    let check = |older: &str, newer: &str| {
        std::fs::write(&old, older).unwrap();
        std::fs::write(&new, newer).unwrap();
        catalog(&new, &["--check", old.to_str().unwrap()])
    };
    let (code, said) = check(whole, whole);
    assert_eq!(code, 0);
    assert!(
        said.contains("nothing that others rely on has changed"),
        "{said}"
    );
    for (from, to, reason) in [
        (
            "\"paid\"",
            "\"was_paid\"",
            "event paid: is gone; renamed to `was_paid`?",
        ),
        (
            "\"key\":\"rows\"",
            "\"key\":\"lines\"",
            "event held_back: has lost the field `rows`",
        ),
        (
            "\"key\":\"by\",\"types\":[\"str\"]",
            "\"key\":\"by\",\"types\":[\"u64\"]",
            "event paid: has the field `by` as u64, which was str",
        ),
        (
            "\"level\":\"CRITICAL\"",
            "\"level\":\"ERROR\"",
            "event every_capture: has the level ERROR, which was at least CRITICAL",
        ),
        (
            "\"level\":\"CRITICAL\"",
            "\"level\":null",
            "event every_capture: has a level known at run time only",
        ),
        (
            "{\"when\":\"panic\",\"level\":\"ERROR\"},{\"when\":\"slow\"",
            "{\"when\":\"slow\"",
            "timed charge: is no longer recorded for outcome panic",
        ),
        (
            "\"dependency\"",
            "\"leads_to\"",
            "timed charge: has lost the field `dependency`",
        ),
        (
            "\"key\":\"amount\"",
            "\"key\":\"id_2\"",
            "transition order: has lost the field `amount`",
        ),
    ] {
        assert!(whole.contains(from), "{from}");
        let (code, said) = check(whole, &whole.replacen(from, to, 1));
        assert_eq!(code, 1, "{from}: {said}");
        assert!(said.contains(reason), "{from}: {said}");
    }
    for (from, to) in [
        ("\"line\":", "\"line\":1"),
        ("\"level\":\"DEBUG\"", "\"level\":\"ERROR\""),
        ("a `text`", "another text"),
        (
            "\"key\":\"rows\"",
            "\"key\":\"more\",\"types\":[\"u64\"]},{\"key\":\"rows\"",
        ),
        ("at_most(5 per 1s)", "once"),
    ] {
        assert!(whole.contains(from), "{from}");
        let (code, said) = check(whole, &whole.replace(from, to));
        assert_eq!(code, 0, "{from}: {said}");
    }
    let (code, said) = check("{\"format\":2,\"program\":\"x\",\"entries\":[]}", whole);
    assert_eq!(code, 2);
    assert!(said.contains("its format is 2"), "{said}");
}
