//! What two compilations were told differently, compared with the file that tells what is known of it.
//!
//! ```text
//! hidden clippy::boxed_local: the arguments are moved into the body
//!     receivers.rs, by_box: self: Box<Self>
//!     receivers.rs, by_mut_box: mut self: Box<Self> (2 times in 2018)
//! ```

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// Stands where a reason has to be written.
const NO_REASON: &str = "?";

/// `hidden clippy::boxed_local`
type Head = String;

/// Places, and how often they are told in each edition.
type Places = BTreeMap<String, BTreeMap<String, usize>>;

#[derive(Default)]
pub(super) struct Differences(BTreeMap<Head, Places>);

impl Differences {
    pub(super) fn add(&mut self, kind: &str, lint: &str, place: &str, edition: &str) {
        let places = self.0.entry(format!("{kind} {lint}")).or_default();
        let counts = places.entry(place.to_owned()).or_default();
        *counts.entry(edition.to_owned()).or_default() += 1;
    }

    /// Fails where the file says something else, or has no reason for it.
    pub(super) fn compare(&self, file: &Path, editions: &[&str]) {
        let known = std::fs::read_to_string(file).unwrap_or_default();
        let reasons: BTreeMap<&str, &str> = known
            .lines()
            .filter(|line| !line.starts_with(' '))
            .filter_map(|line| line.split_once(": "))
            .collect();
        let text = self.text(&reasons, editions);
        if std::env::var_os("STORYLINE_BLESS").is_some() {
            std::fs::write(file, &text).expect("the file can be written");
        }
        let is_in = |text: &str, line: &str| text.lines().any(|it| it == line);
        let gone = known.lines().filter(|line| !is_in(&text, line));
        let new = text.lines().filter(|line| !is_in(&known, line));
        let differs: Vec<String> = gone
            .map(|line| format!("- {line}"))
            .chain(new.map(|line| format!("+ {line}")))
            .collect();
        assert!(
            known == text,
            "{} says something else; read it, then bless it with STORYLINE_BLESS=1\n{}",
            file.display(),
            differs.join("\n"),
        );
        assert!(
            reasons.values().all(|reason| *reason != NO_REASON),
            "{} has differences without a reason: write one in place of `{NO_REASON}`",
            file.display(),
        );
    }

    fn text(&self, reasons: &BTreeMap<&str, &str>, editions: &[&str]) -> String {
        let mut text = String::new();
        for (head, places) in &self.0 {
            let reason = reasons.get(head.as_str()).unwrap_or(&NO_REASON);
            let _ = writeln!(text, "{head}: {reason}");
            for (place, counts) in places {
                let _ = writeln!(text, "    {place}{}", told(counts, editions));
            }
        }
        text
    }
}

/// Nothing where it is told once in each edition.
fn told(counts: &BTreeMap<String, usize>, editions: &[&str]) -> String {
    let of = |edition: &&str| counts.get(*edition).copied().unwrap_or_default();
    let all: Vec<usize> = editions.iter().map(of).collect();
    match all[0] {
        1 if all.iter().all(|it| *it == 1) => String::new(),
        times if all.iter().all(|it| *it == times) => format!(" ({times} times)"),
        _ => {
            let each = editions.iter().zip(&all).filter(|(_, times)| **times > 0);
            let each: Vec<String> = each
                .map(|(edition, times)| match times {
                    1 => format!("in {edition}"),
                    _ => format!("{times} times in {edition}"),
                })
                .collect();
            format!(" ({})", each.join(", "))
        }
    }
}
