//! From a file to its catalogue.

use std::path::Path;

use super::elf;
use super::entry::Entry;
use super::{Catalog, json};
use crate::error::Error;

pub(super) fn file(path: &Path) -> Result<Catalog, Error> {
    let name = path.display().to_string();
    let bytes = std::fs::read(path).map_err(|source| Error::Input {
        name: name.clone(),
        act: "read",
        source,
    })?;
    let program = path.file_name();
    let program = program.map_or_else(|| name.clone(), |it| it.to_string_lossy().into_owned());
    if bytes.trim_ascii_start().starts_with(b"{") {
        return json::read(&bytes)
            .map_err(|reason| Error::Usage(format!("`{name}` is no catalogue: {reason}")));
    }
    let contents = elf::find(&bytes)
        .map_err(|reason| Error::Usage(format!("cannot read `{name}`: {reason}")))?;
    let mut found = contents.found;
    found.sort();
    found.dedup();
    let mut entries: Vec<Entry> = Vec::new();
    for entry in found.iter().filter_map(Entry::of) {
        // Equal texts are neighbours.
        if !entries.last_mut().is_some_and(|last| last.merge(&entry)) {
            entries.push(entry);
        }
    }
    entries.sort_by(|one, other| (one.position(), one.kind).cmp(&(other.position(), other.kind)));
    if entries.is_empty() {
        return Err(Error::NotFound(if contents.foreign > 0 {
            format!(
                "the {} call sites in `{name}` are of another version of storyline than this tool",
                contents.foreign
            )
        } else {
            format!(
                "no call site of storyline is in `{name}`: it does not use it, reaches none, or was built with \
                 `STORYLINE_MAX_LEVEL=off`"
            )
        }));
    }
    Ok(Catalog { program, entries })
}
