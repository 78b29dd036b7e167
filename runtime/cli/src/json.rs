//! JSON documents of the commands, one on a line, safe for a terminal too.

use std::io::{self, Write};

use serde::Serialize;

/// Writes one document and ends the line. What a terminal must not get is escaped: serde leaves
/// C1, bidirectional and zero-width characters as they are.
pub(crate) fn write(document: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let text = serde_json::to_string(document)?;
    // Outside of strings JSON is ASCII, so every such character stands in one, where its escape
    // means the same.
    out.write_all(crate::show::clean(&text).as_bytes())?;
    out.write_all(b"\n")
}
