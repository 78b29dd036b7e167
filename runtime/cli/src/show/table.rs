//! Columns that line up.

use std::io::{self, Write};

use super::paint::{Row, Style};
use super::screen::Screen;

/// On which side a column's text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Words that may be cut where the screen is narrow.
    Left,
    /// Names that are needed whole.
    Whole,
    /// Numbers.
    Right,
}

/// A table: a line of headings and rows. Columns that hold nothing in any row are left out.
#[derive(Debug)]
pub struct Table {
    heads: Vec<(String, Align)>,
    rows: Vec<Vec<Row>>,
}

/// Between two columns.
const GAP: usize = 2;
/// A column of words is never made narrower than this.
const NARROWEST: usize = 10;

impl Table {
    /// An empty table with these columns.
    pub fn new(heads: &[(&str, Align)]) -> Self {
        Self {
            heads: heads
                .iter()
                .map(|(name, align)| ((*name).to_owned(), *align))
                .collect(),
            rows: Vec::new(),
        }
    }

    /// Adds a row; missing cells at its end are empty.
    pub fn row(&mut self, mut cells: Vec<Row>) {
        cells.resize_with(self.heads.len(), Row::default);
        self.rows.push(cells);
    }

    /// Writes all. A table wider than the screen has its widest columns of words cut.
    ///
    /// # Errors
    ///
    /// What the output gives.
    pub fn write(self, screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
        let widths = self.widths(screen.width);
        let mut head = Row::default();
        for ((name, align), width) in self.heads.iter().zip(&widths) {
            if *width > 0 {
                let mut cell = Row::default();
                cell.put(name, Style::Dim);
                put(&mut head, cell, *align, *width, screen);
            }
        }
        screen.write(&head, out)?;
        for cells in self.rows {
            let mut row = Row::default();
            for ((cell, (_, align)), width) in cells.into_iter().zip(&self.heads).zip(&widths) {
                if *width > 0 {
                    put(&mut row, cell, *align, *width, screen);
                }
            }
            screen.write(&row, out)?;
        }
        Ok(())
    }

    fn widths(&self, room: usize) -> Vec<usize> {
        let mut widths = vec![0; self.heads.len()];
        for cells in &self.rows {
            for (width, cell) in widths.iter_mut().zip(cells) {
                *width = cell.columns().max(*width);
            }
        }
        for (width, (name, _)) in widths.iter_mut().zip(&self.heads) {
            if *width > 0 {
                *width = (*width).max(name.chars().count());
            }
        }
        let total = |widths: &[usize]| -> usize {
            let shown = widths.iter().filter(|it| **it > 0).count();
            widths.iter().sum::<usize>() + GAP * shown.saturating_sub(1)
        };
        while total(&widths) > room {
            let widest = widths
                .iter_mut()
                .zip(&self.heads)
                .filter(|(width, (_, align))| *align == Align::Left && **width > NARROWEST)
                .max_by_key(|(width, _)| **width);
            let Some((width, _)) = widest else { break };
            *width -= 1;
        }
        widths
    }
}

fn put(row: &mut Row, cell: Row, align: Align, width: usize, screen: &Screen) {
    if row.columns() > 0 {
        row.pad_to(row.columns() + GAP);
    }
    let start = row.columns();
    let cell = cell.cut(width, screen.glyphs.cut);
    if align == Align::Right {
        row.pad_to(start + width - cell.columns());
    }
    row.extend(cell);
    row.pad_to(start + width);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str) -> Row {
        let mut row = Row::default();
        row.put(text, Style::Plain);
        row
    }

    #[test]
    fn lines_up_leaves_out_what_is_empty_and_keeps_to_the_width() {
        let mut table = Table::new(&[
            ("name", Align::Left),
            ("nothing", Align::Left),
            ("ms", Align::Right),
        ]);
        table.row(vec![cell("charge"), cell(""), cell("12.5")]);
        table.row(vec![cell(&"x".repeat(60)), cell(""), cell("7")]);
        let mut out = Vec::new();
        table.write(&Screen::plain(40), &mut out).expect("memory");
        let text = String::from_utf8(out).expect("text");
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines[0].starts_with("name") && lines[0].ends_with("  ms"));
        assert!(lines[1].starts_with("charge") && lines[1].ends_with("12.5"));
        assert!(lines[2].ends_with("…     7"), "{text}");
        assert!(lines.iter().all(|it| it.chars().count() == 40), "{text}");
    }
}
