//! The catalogue as a page: a dictionary of events for the people on call.

use std::io::{self, Write};

use super::render::{levels, types};
use super::{Catalog, Entry, Kind};

/// What every record of a kind has beside the fields of its call.
const INTRODUCTION: &[(Kind, &str)] = &[
    (
        Kind::Timed,
        "Every call ends in one record, `function_complete`, `function_failed` or `function_cancelled`, with \
         `name`, `duration_ms` and `outcome`, and `error`, `slow`, `busy_ms`, `polls` where they apply.",
    ),
    (
        Kind::Block,
        "As for functions; one that was left early has `outcome=left`.",
    ),
    (
        Kind::Transition,
        "A step is `state_transition`, a refused one `illegal_transition`, with `machine`, `from` and `to`, and \
         `id`, `expected`, `in_state_ms` where they apply.",
    ),
];

impl Catalog {
    /// Writes a page of Markdown, the names of each kind in alphabetical order.
    ///
    /// # Errors
    ///
    /// What the output gives.
    pub fn write_markdown(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut page = format!("# What `{}` logs\n", code(&self.program));
        for (kind, title) in [
            (Kind::Event, "Events"),
            (Kind::Timed, "Timed functions"),
            (Kind::Block, "Timed blocks"),
            (Kind::Transition, "Transitions"),
            (Kind::Fields, "Sets of fields"),
        ] {
            let mut entries: Vec<&Entry> =
                self.entries.iter().filter(|it| it.kind == kind).collect();
            if entries.is_empty() {
                continue;
            }
            // Stable: what has one name stays in the order of the source.
            entries.sort_by(|one, other| one.name.cmp(&other.name));
            page.push_str(&format!("\n## {title}\n"));
            for (_, introduction) in INTRODUCTION.iter().filter(|(of, _)| *of == kind) {
                page.push_str(&format!("\n{introduction}\n"));
            }
            for entry in entries {
                section(entry, &mut page);
            }
        }
        out.write_all(page.as_bytes())
    }
}

fn section(entry: &Entry, page: &mut String) {
    page.push_str(&format!("\n### `{}`\n\n", code(&entry.name)));
    if let Some(template) = &entry.template {
        page.push_str(&format!("> `{}`\n\n", code(template)));
    }
    page.push_str(&format!("- level: {}\n", levels(&entry.levels)));
    for option in &entry.options {
        page.push_str(&format!("- `{}`\n", code(option)));
    }
    match &entry.target {
        Some(target) if *target == entry.module => {}
        Some(target) => page.push_str(&format!("- target: `{}`\n", code(target))),
        None => page.push_str("- target: known at run time only\n"),
    }
    let place = entry.place();
    page.push_str(&format!(
        "- in `{}`, `{}`\n",
        code(&entry.module),
        code(&place)
    ));
    if entry.constants.is_empty() && entry.fields.is_empty() {
        return;
    }
    page.push_str("\n| field | type |\n| --- | --- |\n");
    for (key, text) in &entry.constants {
        page.push_str(&format!("| `{}` | always `{}` |\n", cell(key), cell(text)));
    }
    for field in &entry.fields {
        let types = types(&field.types);
        page.push_str(&format!("| `{}` | {} |\n", cell(&field.key), plain(&types)));
    }
}

/// Text between backticks: what would end it, or the line, is left out or escaped.
fn code(text: &str) -> String {
    crate::show::clean(text).replace('`', "'")
}

/// The same within a table, where a bar would end the cell.
fn cell(text: &str) -> String {
    code(text).replace('|', "\\|")
}

/// Types are shown as words: `Option<u64>` must not become a tag.
fn plain(types: &str) -> String {
    cell(types).replace('<', "\\<")
}
