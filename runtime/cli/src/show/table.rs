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
    /// What may be left out, the least needed first.
    spare: Vec<String>,
}

/// Between two columns.
const GAP: usize = 2;
/// A column of words is never made narrower than this.
const NARROWEST: usize = 10;
/// A column of words that would become narrower than this is a reason to leave a spare one out.
const READABLE: usize = 16;

impl Table {
    /// An empty table with these columns.
    pub fn new(heads: &[(&str, Align)]) -> Self {
        Self {
            heads: heads
                .iter()
                .map(|(name, align)| ((*name).to_owned(), *align))
                .collect(),
            rows: Vec::new(),
            spare: Vec::new(),
        }
    }

    /// Names the columns that may be left out where the screen is narrow, the least needed first.
    #[must_use]
    pub fn spare(mut self, names: &[&str]) -> Self {
        self.spare = names.iter().map(|it| (*it).to_owned()).collect();
        self
    }

    /// Adds a row; missing cells at its end are empty.
    pub fn row(&mut self, mut cells: Vec<Row>) {
        cells.resize_with(self.heads.len(), Row::default);
        self.rows.push(cells);
    }

    /// Writes all. A table wider than the screen is written without those of its spare columns that do
    /// not fit, which it says, and has its widest columns of words cut.
    ///
    /// # Errors
    ///
    /// What the output gives.
    pub fn write(self, screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
        let (widths, left_out) = self.widths(screen.width);
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
        if !left_out.is_empty() {
            let text = format!("without {} at this width", left_out.join(", "));
            let mut row = Row::default();
            row.put(text, Style::Dim);
            screen.write(&row, out)?;
        }
        Ok(())
    }

    /// The widths, 0 for what is not shown, and the names of the columns that had to go.
    fn widths(&self, room: usize) -> (Vec<usize>, Vec<String>) {
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
        // Words are better cut than left out, but not to nothing.
        let least = |widths: &[usize]| -> usize {
            let heads = self.heads.iter().map(|(_, align)| *align);
            let cut = heads.zip(widths).map(|(align, width)| match align {
                Align::Left => READABLE.min(*width),
                Align::Whole | Align::Right => *width,
            });
            total(&cut.collect::<Vec<_>>())
        };
        let mut left_out = Vec::new();
        for name in &self.spare {
            let place = self.heads.iter().position(|(head, _)| head == name);
            if let Some(place) = place.filter(|place| widths[*place] > 0)
                && least(&widths) > room
            {
                widths[place] = 0;
                left_out.push(name.clone());
            }
        }
        while total(&widths) > room {
            let widest = widths
                .iter_mut()
                .zip(&self.heads)
                .filter(|(width, (_, align))| *align == Align::Left && **width > NARROWEST)
                .max_by_key(|(width, _)| **width);
            let Some((width, _)) = widest else { break };
            *width -= 1;
        }
        (widths, left_out)
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

    #[test]
    fn spare_columns_go_before_names_are_cut_and_are_named() {
        let mut table = Table::new(&[
            ("timed", Align::Whole),
            ("p50", Align::Right),
            ("p99", Align::Right),
            ("slow", Align::Right),
        ])
        .spare(&["slow", "p50", "p99"]);
        table.row(vec![
            cell("a_name_that_is_needed_whole"),
            cell("1.00 ms"),
            cell("2.00 ms"),
            cell("3"),
        ]);
        let mut out = Vec::new();
        table.write(&Screen::plain(40), &mut out).expect("memory");
        let text = String::from_utf8(out).expect("text");
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            lines,
            [
                "timed                            p99",
                "a_name_that_is_needed_whole  2.00 ms",
                "without slow, p50 at this width"
            ]
        );
    }
}
