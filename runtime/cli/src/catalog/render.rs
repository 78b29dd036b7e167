//! The catalogue for a terminal.

use std::collections::BTreeSet;
use std::io::{self, Write};

use super::entry::Level;
use super::{Catalog, Entry, Kind};
use crate::show::{Row, Screen, Style, plural, wrap};

impl Catalog {
    /// Writes all, one module after the other.
    ///
    /// # Errors
    ///
    /// What the output gives.
    pub fn write(&self, screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
        let mut head = Row::default();
        head.put(&self.program, Style::Bold)
            .put("  ", Style::Plain)
            .put(self.summary(), Style::Dim);
        screen.write(&head, out)?;
        let mut module = None;
        let mut machines = BTreeSet::new();
        for entry in &self.entries {
            if module != Some(&entry.module) {
                module = Some(&entry.module);
                let mut row = Row::default();
                row.put(&entry.module, Style::Bold);
                screen.write(&Row::default(), out)?;
                screen.write(&row, out)?;
            }
            write_entry(entry, screen, out)?;
            // Once is enough of a machine with many steps.
            if machines.insert((&entry.name, &entry.states)) {
                let states = entry.states.iter().map(|it| plain(&it.shown()));
                write_groups(states.collect(), screen, out)?;
            }
        }
        Ok(())
    }

    /// `3 events, 2 timed functions, 1 machine, in 9 places`: what has one name counts once.
    pub(super) fn summary(&self) -> String {
        let kinds = [
            (Kind::Event, "event", "events"),
            (Kind::Timed, "timed function", "timed functions"),
            (Kind::Block, "timed block", "timed blocks"),
            (Kind::Transition, "machine", "machines"),
            (Kind::Fields, "set of fields", "sets of fields"),
        ];
        let names: BTreeSet<(&str, &str)> = self
            .entries
            .iter()
            .map(|it| (it.kind.name(), it.name.as_str()))
            .collect();
        let count = |kind: Kind| names.iter().filter(|it| it.0 == kind.name()).count();
        let mut parts: Vec<String> = kinds
            .into_iter()
            .map(|(kind, one, many)| (count(kind) as u64, one, many))
            .filter(|(count, ..)| *count > 0)
            .map(|(count, one, many)| plural(count, one, many))
            .collect();
        if self.entries.len() > names.len() {
            parts.push(format!("in {} places", self.entries.len()));
        }
        parts.join(", ")
    }
}

fn write_entry(entry: &Entry, screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
    let mut row = Row::default();
    row.put("  ", Style::Plain)
        .put(&entry.name, Style::Good)
        .put("  ", Style::Plain)
        .put(entry.kind.name(), Style::Dim)
        .put("  ", Style::Plain);
    if !entry.levels.is_empty() {
        row.put(levels(&entry.levels), Style::Plain)
            .put("  ", Style::Plain);
    }
    row.put(entry.place(), Style::Dim);
    screen.write(&row, out)?;
    let mut groups = Vec::new();
    for (key, text) in &entry.constants {
        groups.push(pair(key, &format!("= {text}")));
    }
    for field in &entry.fields {
        groups.push(pair(&field.key, &types(&field.types)));
    }
    write_groups(groups, screen, out)?;
    if let Some(template) = &entry.template {
        let mut text = Row::default();
        text.put(format!("\"{template}\""), Style::Plain);
        write_groups(vec![text], screen, out)?;
    }
    let mut options: Vec<Row> = entry.options.iter().map(|it| word(it)).collect();
    match &entry.target {
        Some(target) if *target == entry.module => {}
        Some(target) => options.push(word(&format!("target {target}"))),
        None => options.push(word("target known at run time only")),
    }
    write_groups(options, screen, out)
}

/// `INFO`, or `ok INFO, err ERROR`
pub(super) fn levels(levels: &[Level]) -> String {
    let name = |level: &Level| match &level.level {
        Some(level) => level.clone(),
        None => "level known at run time only".to_owned(),
    };
    match levels {
        [only] if only.when == "written" => name(only),
        all => all
            .iter()
            .map(|level| format!("{} {}", level.when, name(level)))
            .collect::<Vec<_>>()
            .join(", "),
    }
}

/// The types of a field, as they are shown.
pub(super) fn types(types: &[String]) -> String {
    if types.is_empty() {
        "of unknown type".to_owned()
    } else {
        types.join(" or ")
    }
}

fn pair(key: &str, value: &str) -> Row {
    let mut row = Row::default();
    row.put(key, Style::Bold)
        .put(format!(" {value}  "), Style::Plain);
    row
}

fn plain(text: &str) -> Row {
    let mut row = Row::default();
    row.put(format!("{text}  "), Style::Plain);
    row
}

fn word(text: &str) -> Row {
    let mut row = Row::default();
    row.put(format!("{text}  "), Style::Dim);
    row
}

/// Indented, and broken where the screen ends.
fn write_groups(groups: Vec<Row>, screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
    if groups.is_empty() {
        return Ok(());
    }
    for line in wrap(groups, screen.width.saturating_sub(6), 0) {
        let mut row = Row::default();
        row.put("      ", Style::Plain).extend(line);
        screen.write(&row, out)?;
    }
    Ok(())
}
