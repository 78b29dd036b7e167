//! The README names all that is offered: options, marks, features, variables, outcomes, places.

use super::{read, root, sources_in};

/// The README from a heading to the next one.
fn section(heading: &str) -> String {
    let readme = read("README.md");
    let (_, behind) = readme
        .split_once(&format!("\n## {heading}"))
        .unwrap_or_else(|| panic!("no heading `{heading}`"));
    behind.split("\n## ").next().unwrap_or_default().to_owned()
}

/// The texts in quotes of a constant's lines, each line's first.
fn firsts(file: &str, head: &str) -> Vec<String> {
    let source = read(file);
    let (_, list) = source.split_once(head).expect("the list");
    let list = list.split("};").next().unwrap_or_default();
    let firsts = list.lines().filter_map(|line| line.split('"').nth(1));
    firsts.map(str::to_owned).collect()
}

/// All texts in quotes of a constant.
fn texts(file: &str, head: &str) -> Vec<String> {
    let source = read(file);
    let (_, list) = source.split_once(head).expect("the list");
    let list = list.split("];").next().unwrap_or_default();
    let texts = list.split('"').skip(1).step_by(2);
    texts.map(str::to_owned).collect()
}

#[track_caller]
fn expect_all(words: &[String], text: &str, least: usize) {
    assert!(words.len() >= least, "{words:?}");
    let is_letter = |it: Option<char>| it.is_some_and(|it| it.is_alphanumeric() || it == '_');
    let stands_in = |word: &String| {
        text.match_indices(word.as_str()).any(|(at, _)| {
            let (before, behind) = (&text[..at], &text[at + word.len()..]);
            !is_letter(before.chars().next_back()) && !is_letter(behind.chars().next())
        })
    };
    let absent: Vec<_> = words.iter().filter(|word| !stands_in(word)).collect();
    assert!(absent.is_empty(), "not said: {absent:?}");
}

#[test]
fn every_option_of_a_timed_function() {
    let options = firsts("macros/src/timed/options.rs", "TABLE: &[Known] = table! {");
    expect_all(&options, &section("A function: `#[timed]`"), 18);
    expect_all(&options, &read("runtime/src/timed/mod.rs"), 18);
}

#[test]
fn every_option_and_mark_of_an_event() {
    let of_events = section("An event: `log_event!`");
    let options = texts("macros/src/log_event/option.rs", "const NAMES: [&str; 5]");
    expect_all(&options, &of_events, 5);
    let marks = texts("macros/src/field/capture.rs", "CAPTURES: [&str; 9]");
    expect_all(&marks, &of_events, 9);
    let members = texts("macros/src/fields/args.rs", "ONLY_MARKS: [&str; 2]");
    expect_all(&members, &of_events, 2);
}

#[test]
fn every_feature() {
    let manifest = read("runtime/Cargo.toml");
    let (_, features) = manifest.split_once("[features]").expect("features");
    let features = features.split("\n[").next().unwrap_or_default();
    let names = features
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| Some(line.split_once(" = ")?.0.to_owned()))
        .filter(|name| name != "default");
    let names: Vec<_> = names.map(|name| format!("| `{name}` |")).collect();
    assert!(names.len() >= 3, "{names:?}");
    for (place, text) in [
        ("README.md", section("Features")),
        ("runtime/src/lib.rs", read("runtime/src/lib.rs")),
    ] {
        for name in &names {
            assert!(text.contains(name.as_str()), "{place}: no row {name}");
        }
    }
}

/// What is read of the environment, by the library and by the macros.
#[test]
fn every_variable_of_the_environment() {
    let mut sources = Vec::new();
    for folder in ["runtime/src", "macros/src"] {
        sources_in(&root().join(folder), &mut sources);
    }
    let mut variables = Vec::new();
    for source in sources {
        let text = std::fs::read_to_string(source).expect("a source");
        let quoted = text.split('"').skip(1).step_by(2);
        let is_ours = |it: &&str| {
            it.starts_with("STORYLINE_")
                && it.bytes().all(|it| it == b'_' || it.is_ascii_uppercase())
        };
        let is_of_tests = |it: &str| {
            ["BLESS", "FUZZ", "TEST"]
                .iter()
                .any(|word| it.starts_with(&format!("STORYLINE_{word}")))
        };
        variables.extend(
            quoted
                .filter(is_ours)
                .filter(|it| !is_of_tests(it))
                .map(str::to_owned),
        );
    }
    variables.extend(["RUST_LOG", "NO_COLOR"].map(str::to_owned));
    variables.sort_unstable();
    variables.dedup();
    for place in ["README.md", "runtime/src/lib.rs"] {
        expect_all(&variables, &read(place), 5);
    }
}

/// A line of the catalogue that is shown names the place where the call stands.
#[test]
fn the_place_in_the_catalogue_that_is_shown() {
    let shown = section("What a program can say");
    let row = shown
        .lines()
        .find(|line| line.contains("  event  "))
        .expect("a row of the catalogue");
    let words: Vec<_> = row.split_whitespace().collect();
    let [name, "event", _, place] = words[..] else {
        panic!("{row}");
    };
    let (file, line) = place.split_once(':').expect("a line");
    let line: usize = line.parse().expect("a number");
    let source = read(file);
    let call: Vec<_> = source.lines().skip(line - 1).take(3).collect();
    assert!(
        call.first().is_some_and(|it| it.contains("!(")) && call.concat().contains(name),
        "`{name}` is not called at {place}"
    );
}
