//! What the output goes to: its width, its colours, its alphabet.

use std::io::{self, IsTerminal, Write};

use super::glyphs::Glyphs;
use super::paint::{Row, Style};

/// When to colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Colour {
    /// On a terminal, unless `NO_COLOR` is set or `TERM` is `dumb`
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// The width when there is no terminal to ask.
const WIDTH: usize = 120;
/// Narrower than this, nothing can be laid out; lines are then longer than the terminal.
const NARROWEST: usize = 40;

/// How to show.
#[derive(Clone, Copy, Debug)]
pub struct Screen {
    /// Columns.
    pub width: usize,
    /// Whether to colour.
    pub is_coloured: bool,
    /// The signs.
    pub glyphs: Glyphs,
}

impl Screen {
    /// A screen without colours.
    pub fn plain(width: usize) -> Self {
        Self {
            width: width.max(NARROWEST),
            is_coloured: false,
            glyphs: Glyphs::UNICODE,
        }
    }

    /// What standard output is, unless told otherwise.
    pub fn of_stdout(colour: Colour, width: Option<usize>, is_ascii: bool) -> Self {
        let is_terminal = io::stdout().is_terminal();
        let said = |name| std::env::var_os(name).is_some_and(|it| !it.is_empty());
        let is_coloured = match colour {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => {
                let is_dumb = std::env::var_os("TERM").is_some_and(|it| it == "dumb");
                is_terminal && !said("NO_COLOR") && !is_dumb
            }
        };
        let terminal = || is_terminal.then(terminal_columns).flatten();
        let glyphs = if is_ascii {
            Glyphs::ASCII
        } else {
            Glyphs::UNICODE
        };
        Self {
            width: width.or_else(terminal).unwrap_or(WIDTH).max(NARROWEST),
            is_coloured,
            glyphs,
        }
    }

    /// Writes a row and ends the line; spaces at the end are left out.
    ///
    /// # Errors
    ///
    /// What the output gives.
    pub fn write(&self, row: &Row, out: &mut dyn Write) -> io::Result<()> {
        let mut line = String::new();
        let pieces = row.pieces();
        let last = pieces
            .iter()
            .rposition(|it| !it.text().trim_end().is_empty())
            .map_or(0, |at| at + 1);
        for (nth, piece) in pieces[..last].iter().enumerate() {
            let is_badge = matches!(
                piece.style(),
                Style::BadgeGood | Style::BadgeWarn | Style::BadgeBad
            );
            let text = if nth + 1 == last && !(is_badge && self.is_coloured) {
                piece.text().trim_end()
            } else {
                piece.text()
            };
            let codes = piece.style().codes();
            if self.is_coloured && !codes.is_empty() {
                line.push_str("\x1b[");
                line.push_str(codes);
                line.push('m');
                line.push_str(text);
                line.push_str("\x1b[0m");
            } else {
                line.push_str(text);
            }
        }
        line.push('\n');
        out.write_all(line.as_bytes())
    }
}

/// The columns of the terminal that is standard output. Some have columns and say 0 rows.
fn terminal_columns() -> Option<usize> {
    let columns = rustix::termios::tcgetwinsize(io::stdout()).ok()?.ws_col;
    Some(usize::from(columns)).filter(|it| *it > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_sequences_are_written() {
        let mut row = Row::default();
        row.put("\x1b]0;title\x07", Style::Bad)
            .put("\u{9b}2J  ", Style::Plain);
        let mut screen = Screen::plain(80);
        let mut out = Vec::new();
        screen.write(&row, &mut out).expect("memory");
        assert_eq!(out, b"\\u001b]0;title\\u0007\\u009b2J\n");
        screen.is_coloured = true;
        out.clear();
        screen.write(&row, &mut out).expect("memory");
        assert_eq!(out, b"\x1b[31m\\u001b]0;title\\u0007\x1b[0m\\u009b2J\n");
    }
}
