//! The catalogue for a program: one JSON object. Its form is a promise; `format` counts its changes that an older
//! reader cannot read.

use std::io::{self, Write};

use serde::{Deserialize, Serialize};

use super::{Catalog, Entry};

const FORMAT: u32 = 1;

#[derive(Serialize)]
struct Written<'a> {
    format: u32,
    program: &'a str,
    entries: &'a [Entry],
}

#[derive(Deserialize)]
struct Read {
    format: u32,
    program: String,
    entries: Vec<Entry>,
}

impl Catalog {
    /// Writes one JSON object, one entry a line, so that its versions can be compared.
    ///
    /// # Errors
    ///
    /// What the output gives.
    pub fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        let written = Written {
            format: FORMAT,
            program: &self.program,
            entries: &[],
        };
        let head = serde_json::to_string(&written)?;
        let head = head.strip_suffix("[]}").unwrap_or(&head);
        let mut text = format!("{head}[");
        for (nth, entry) in self.entries.iter().enumerate() {
            text.push_str(if nth == 0 { "\n" } else { ",\n" });
            text.push_str(&crate::show::clean(&serde_json::to_string(entry)?));
        }
        text.push_str("\n]}\n");
        out.write_all(text.as_bytes())
    }
}

/// Reads what [`Catalog::write_json`] has written.
pub(super) fn read(bytes: &[u8]) -> Result<Catalog, String> {
    let read: Read = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
    if read.format != FORMAT {
        return Err(format!(
            "its format is {}, and this tool knows {FORMAT}",
            read.format
        ));
    }
    Ok(Catalog {
        program: read.program,
        entries: read.entries,
        foreign: 0,
    })
}
