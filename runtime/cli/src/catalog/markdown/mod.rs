//! The catalogue as a page: a dictionary of events for the people on call. First all names as they stand in a line,
//! then a section for each.
//!
//! `text` makes texts safe for a page, `words` says what a type means.

mod text;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{Arguments, Write as _};
use std::io::{self, Write};

use self::text::{Anchors, cell, code, plain};
use super::render::levels;
use super::{Catalog, Entry, Kind, options};

/// What the library itself writes, as its README has it.
const OWN: &str = include_str!("../own.md");

const OWN_TITLE: &str = "What storyline itself has to say";

/// The kinds with their titles, and what every record of a kind has beside the fields of its call.
const KINDS: [(Kind, &str, &str); 5] = [
    (Kind::Event, "Events", ""),
    (
        Kind::Timed,
        "Timed functions",
        "Every call ends in one record: `function_complete` for the outcome `ok`, `function_failed` for `err` and \
         `panic`, `function_cancelled` for `cancelled`. Of a value that cannot be judged the \
         outcome is `returned`. A record has `name`, `duration_ms` and `outcome`, and `error`, `slow`, `busy_ms`, \
         `polls` where they apply. An outcome without a level is not recorded.",
    ),
    (
        Kind::Block,
        "Timed blocks",
        "As for functions; one that was left early has `outcome=left`.",
    ),
    (
        Kind::Transition,
        "Transitions",
        "A step is `state_transition`, a refused one `illegal_transition`, with `machine`, `from` and `to`, and \
         `id`, `expected`, `in_state_ms` where they apply.",
    ),
    (
        Kind::Fields,
        "Sets of fields",
        "Structures whose fields records take over; those of `context!` stand here alone.",
    ),
];

/// What has one name: its call sites in the order of the source.
type Named<'a> = BTreeMap<(Kind, &'a str), Vec<&'a Entry>>;

impl Catalog {
    /// Writes a page of Markdown, the names of each kind in alphabetical order.
    ///
    /// # Errors
    ///
    /// What the output gives.
    pub fn write_markdown(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut named = Named::new();
        for entry in &self.entries {
            let name = (entry.kind, entry.name.as_str());
            named.entry(name).or_default().push(entry);
        }
        let mut page = format!(
            "# What `{}` logs\n\n{}. Written by `storyline catalog`.\n",
            code(&self.program),
            self.summary()
        );
        index(&named, &mut page);
        for (kind, title, introduction) in KINDS {
            let mut of_kind = named.iter().filter(|((of, _), _)| *of == kind).peekable();
            if of_kind.peek().is_none() {
                continue;
            }
            put(&mut page, format_args!("\n## {title}\n"));
            if !introduction.is_empty() {
                put(&mut page, format_args!("\n{introduction}\n"));
            }
            for ((_, name), sites) in of_kind {
                put(&mut page, format_args!("\n### `{}`\n", code(name)));
                section(sites, &mut page);
            }
        }
        put(&mut page, format_args!("\n## {OWN_TITLE}\n\n{OWN}"));
        out.write_all(page.as_bytes())
    }
}

fn put(page: &mut String, text: Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = page.write_fmt(text);
}

/// All names in one alphabet, as they stand in a line, with links to their sections.
fn index(named: &Named<'_>, page: &mut String) {
    let mut anchors = Anchors::default();
    let mut rows = Vec::new();
    for (kind, title, _) in KINDS {
        let of_kind: Vec<_> = named.iter().filter(|((of, _), _)| *of == kind).collect();
        if !of_kind.is_empty() {
            anchors.next(title);
        }
        for ((_, name), sites) in of_kind {
            let anchor = anchors.next(&code(name));
            let shown = match kind {
                Kind::Event => code(name),
                Kind::Timed | Kind::Block => format!("name={}", code(name)),
                Kind::Transition => format!("machine={}", code(name)),
                Kind::Fields => continue,
            };
            let mut all: Vec<String> = sites.iter().map(|it| levels(&it.levels)).collect();
            all.sort();
            all.dedup();
            let mut modules: Vec<_> = sites.iter().map(|it| code(&it.module)).collect();
            modules.dedup();
            rows.push((
                *name,
                format!(
                    "| [`{}`](#{anchor}) | {} | {} | `{}` |\n",
                    shown.replace('|', "\\|"),
                    kind.name(),
                    plain(&all.join("; ")),
                    modules.join("`, `").replace('|', "\\|")
                ),
            ));
        }
    }
    if rows.is_empty() {
        return;
    }
    page.push_str("\n| in a line | what | level | module |\n| --- | --- | --- | --- |\n");
    // Stable: an event stands before a function of the same name.
    rows.sort_by_key(|(name, _)| *name);
    page.extend(rows.into_iter().map(|(_, row)| row));
}

/// What is known of a name: call sites that say the same are one.
fn section(sites: &[&Entry], page: &mut String) {
    let mut told: Vec<(&Entry, Vec<&Entry>)> = Vec::new();
    for site in sites {
        match told
            .iter_mut()
            .find(|(first, _)| says_the_same(first, site))
        {
            Some((_, others)) => others.push(site),
            None => told.push((site, vec![site])),
        }
    }
    states(sites, page);
    let count = told.len();
    for (nth, (entry, places)) in told.into_iter().enumerate() {
        page.push('\n');
        if count > 1 {
            put(page, format_args!("Form {} of {count}:\n\n", nth + 1));
        }
        form(entry, &places, page);
    }
}

/// The states of the machine. Two machines may have one name.
fn states(sites: &[&Entry], page: &mut String) {
    let machines: BTreeSet<_> = sites.iter().map(|it| &it.states).collect();
    for states in machines.into_iter().filter(|it| !it.is_empty()) {
        page.push_str("\n| state | may be followed by |\n| --- | --- |\n");
        for state in states {
            let begins = if state.initial { ", the first" } else { "" };
            let next: Vec<_> = state
                .to
                .iter()
                .map(|it| format!("`{}`", cell(it)))
                .collect();
            let next = if next.is_empty() {
                "nothing".to_owned()
            } else {
                next.join(", ")
            };
            put(
                page,
                format_args!("| `{}`{begins} | {next} |\n", cell(&state.name)),
            );
        }
    }
}

fn says_the_same(one: &Entry, other: &Entry) -> bool {
    let said = |it: &Entry| Entry {
        module: String::new(),
        file: String::new(),
        line: 0,
        target: it.target.clone().filter(|target| *target != it.module),
        ..it.clone()
    };
    said(one) == said(other) && one.target.is_none() == other.target.is_none()
}

fn form(entry: &Entry, places: &[&Entry], page: &mut String) {
    if let Some(template) = &entry.template {
        put(page, format_args!("> `{}`\n\n", code(template)));
    }
    if !entry.levels.is_empty() {
        let levels = levels(&entry.levels);
        let levels = levels.strip_prefix("level ").unwrap_or(&levels);
        put(page, format_args!("- level: {levels}\n"));
    }
    for option in &entry.options {
        let words = options::in_words(option);
        let words = words.map_or_else(String::new, |it| format!(": {it}"));
        put(page, format_args!("- `{}`{words}\n", code(option)));
    }
    match &entry.target {
        Some(target) if *target == entry.module => {}
        Some(target) => put(page, format_args!("- target: `{}`\n", code(target))),
        None => page.push_str("- target: known at run time only\n"),
    }
    for place in places {
        let (module, place) = (code(&place.module), code(&place.place()));
        put(page, format_args!("- in `{module}`, `{place}`\n"));
    }
    if entry.constants.is_empty() && entry.fields.is_empty() {
        return;
    }
    page.push_str("\n| field | holds |\n| --- | --- |\n");
    for (key, text) in &entry.constants {
        put(
            page,
            format_args!("| `{}` | always `{}` |\n", cell(key), cell(text)),
        );
    }
    for field in &entry.fields {
        let of = field.of.as_ref();
        let of = of.map_or_else(String::new, |it| format!(" (of `{}`)", cell(it)));
        put(
            page,
            format_args!(
                "| `{}` | {}{of} |\n",
                cell(&field.key),
                plain(&words::of(field))
            ),
        );
    }
}
