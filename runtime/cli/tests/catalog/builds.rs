//! However a program is built, its catalogue is the same.

use std::path::Path;

use crate::{build, catalog, compare, debug};

#[test]
fn the_catalogue_is_told_in_three_forms() {
    for (name, arguments) in [
        ("catalog.txt", &["--width", "100"][..]),
        ("catalog.json", &["--json"]),
        ("catalog.md", &["--markdown"]),
    ] {
        let (code, found) = catalog(debug(), arguments);
        assert_eq!(code, 0, "{found}");
        compare(name, &found);
    }
}

/// Where a program of this kind begins: position-independent or not.
fn is_at_a_fixed_address(program: &Path) -> bool {
    std::fs::read(program).unwrap()[16] == 2
}

#[test]
fn every_build_has_the_same_catalogue() {
    let expected = catalog(debug(), &["--json"]);
    let same = |variant: &str, arguments: &[&str], variables: &[(&str, &str)]| {
        let program = build(variant, "catalog", arguments, variables);
        assert_eq!(catalog(&program, &["--json"]), expected, "{variant}");
        program
    };
    let usual = same("release", &["--release"], &[]);
    assert!(!is_at_a_fixed_address(&usual));
    let fixed = ["--release", "--", "-C", "relocation-model=static"];
    let fixed = same("fixed", &fixed, &[]);
    assert!(is_at_a_fixed_address(&fixed));
    for (variant, flags) in [
        ("size", &["-C", "opt-level=s"][..]),
        ("many-units", &["-C", "codegen-units=64"]),
        ("packed", &["-C", "link-arg=-Wl,-z,pack-relative-relocs"]),
    ] {
        same(variant, &[&["--release", "--"], flags].concat(), &[]);
    }
    let stripped = ("CARGO_PROFILE_RELEASE_STRIP", "true");
    let thin = [stripped, ("CARGO_PROFILE_RELEASE_LTO", "thin")];
    same("thin-stripped", &["--release"], &thin);
    let as_one = [
        stripped,
        ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "z"),
        ("CARGO_PROFILE_RELEASE_LTO", "fat"),
        ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "1"),
    ];
    same("small-stripped", &["--release"], &as_one);
}

/// As a plug-in is, or a module for another language.
#[test]
fn a_shared_library_has_a_catalogue_too() {
    let listed = |program: &Path| {
        let (code, said) = catalog(program, &["--json"]);
        assert_eq!(code, 0, "{said}");
        let read: serde_json::Value = serde_json::from_str(&said).unwrap();
        let entries = read["entries"].as_array().unwrap().clone();
        let told = |it: &serde_json::Value| {
            [&it["kind"], &it["name"], &it["fields"], &it["levels"]].map(ToString::to_string)
        };
        entries.iter().map(told).collect::<Vec<_>>()
    };
    let library = build("library", "catalog_library", &["--release"], &[]);
    assert_eq!(listed(&library), listed(debug()));
}

/// A build without optimisation still holds what it never reaches.
#[test]
fn what_the_ceiling_leaves_out_is_not_listed() {
    let info = [("STORYLINE_MAX_LEVEL", "info")];
    let listed = |variant: &str, arguments: &[&str]| {
        let (code, said) = catalog(&build(variant, "catalog", arguments, &info), &["--json"]);
        assert_eq!(code, 0, "{said}");
        said
    };
    let plain = listed("debug-info", &[]);
    assert!(
        plain.contains("\"generic_value\"") && !plain.contains("DEBUG"),
        "{plain}"
    );
    assert_eq!(listed("release-info", &["--release"]), plain);
}

/// A call that can still fail is listed, without the options that mean nothing any more.
#[test]
fn options_of_what_the_ceiling_leaves_out_are_not_listed() {
    let error = [("STORYLINE_MAX_LEVEL", "error")];
    let options = |program: &Path| {
        let (code, said) = catalog(program, &["--json"]);
        assert_eq!(code, 0, "{said}");
        let read: serde_json::Value = serde_json::from_str(&said).unwrap();
        let timed: Vec<String> = read["entries"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|it| it["kind"] == "timed" && it["options"] != serde_json::json!([]))
            .map(|it| format!("{} {}", it["name"], it["options"]))
            .collect();
        timed
    };
    let plain = [
        r#""charge" ["slow = 500ms"]"#,
        r#""later" ["start"]"#,
        r#""charge" ["percentiles","ok_if = Option::is_some"]"#,
        r#""of_a_decision" ["ok_if = |it| it.is_some()"]"#,
    ];
    let left = [
        r#""charge" ["ok_if = Option::is_some"]"#,
        r#""of_a_decision" ["ok_if = |it| it.is_some()"]"#,
    ];
    let ceiling = build("debug-error", "catalog", &[], &error);
    for (program, expected) in [(debug(), &plain[..]), (&*ceiling, &left[..])] {
        let found = options(program);
        assert_eq!(found.len(), expected.len(), "{found:?}");
        let is_found = |it: &&str| found.iter().any(|found| found == it);
        assert!(expected.iter().all(is_found), "{found:?}");
    }
}

#[test]
fn a_program_without_a_call_site_is_told_so() {
    let off = [("STORYLINE_MAX_LEVEL", "off")];
    let off = build("off", "catalog", &["--release"], &off);
    for program in [&*off, Path::new(env!("CARGO_BIN_EXE_storyline"))] {
        let (code, said) = catalog(program, &[]);
        assert_eq!(code, 1, "{said}");
        assert!(said.contains("no call site of storyline is in"), "{said}");
    }
}
