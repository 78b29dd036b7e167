//! Pieces of text with a style, and rows of pieces that wrap.

use super::clean::{char_columns, clean, columns};

/// How a piece looks. Never the only carrier of a meaning: signs and words say the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// As it comes.
    #[default]
    Plain,
    /// Less important.
    Dim,
    /// Important.
    Bold,
    /// Went well.
    Good,
    /// To look at.
    Warn,
    /// Failed.
    Bad,
    /// Failed, and the one to read first.
    Worst,
    /// A headline on colour: went well.
    BadgeGood,
    /// A headline on colour: to look at.
    BadgeWarn,
    /// A headline on colour: failed.
    BadgeBad,
    /// A service, by its place; five colours in turn.
    Service(u8),
}

impl Style {
    pub(super) fn codes(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Dim => "2",
            Self::Bold => "1",
            Self::Good => "32",
            Self::Warn => "33",
            Self::Bad => "31",
            Self::Worst => "1;31",
            Self::BadgeGood => "1;30;42",
            Self::BadgeWarn => "1;30;43",
            Self::BadgeBad => "1;37;41",
            Self::Service(nth) => ["36", "35", "34", "32", "33"][usize::from(nth) % 5],
        }
    }
}

/// Text of one style. Safe for a terminal from its making on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    text: String,
    style: Style,
    columns: usize,
}

impl Piece {
    /// Escapes what a terminal must not get.
    pub fn new(text: impl AsRef<str>, style: Style) -> Self {
        let text = clean(text.as_ref()).into_owned();
        let columns = columns(&text);
        Self {
            text,
            style,
            columns,
        }
    }

    /// The text, escaped.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The style.
    pub fn style(&self) -> Style {
        self.style
    }

    /// How many columns it takes.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// The beginning that fits into `room` columns, and the rest.
    fn split(&self, room: usize) -> (Self, Option<Self>) {
        let mut used = 0;
        let mut space = None;
        for (at, character) in self.text.char_indices() {
            used += char_columns(character);
            // One character always goes, else a narrow terminal would never come to an end.
            if used > room && at > 0 {
                let (head, tail) = self.text.split_at(space.unwrap_or(at));
                return (
                    Self::new(head, self.style),
                    Some(Self::new(tail, self.style)),
                );
            }
            // Behind a space is a better place, where not too much of the line stays empty.
            if character == ' ' && used > room / 2 {
                space = Some(at + 1);
            }
        }
        (self.clone(), None)
    }
}

/// Pieces one after the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    pieces: Vec<Piece>,
}

impl Row {
    /// Adds a piece.
    pub fn put(&mut self, text: impl AsRef<str>, style: Style) -> &mut Self {
        let piece = Piece::new(text, style);
        if piece.columns > 0 {
            self.pieces.push(piece);
        }
        self
    }

    /// Adds spaces up to a column.
    pub fn pad_to(&mut self, column: usize) -> &mut Self {
        let missing = column.saturating_sub(self.columns());
        self.put(" ".repeat(missing), Style::Plain)
    }

    /// Adds another row's pieces.
    pub fn extend(&mut self, other: Self) -> &mut Self {
        self.pieces.extend(other.pieces);
        self
    }

    /// The same, less important.
    #[must_use]
    pub fn dimmed(mut self) -> Self {
        for piece in &mut self.pieces {
            piece.style = Style::Dim;
        }
        self
    }

    /// How many columns it takes.
    pub fn columns(&self) -> usize {
        self.pieces.iter().map(Piece::columns).sum()
    }

    /// The pieces.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// The beginning that fits into `room` columns; `mark` stands where something was left out.
    #[must_use]
    pub fn cut(self, room: usize, mark: &str) -> Self {
        if self.columns() <= room {
            return self;
        }
        let mut left = room.saturating_sub(columns(mark));
        let mut cut = Self::default();
        for piece in self.pieces {
            if piece.columns <= left {
                left -= piece.columns;
                cut.pieces.push(piece);
                continue;
            }
            if left > 0 {
                cut.pieces.push(piece.split(left).0);
            }
            break;
        }
        cut.put(mark, Style::Dim);
        cut
    }
}

/// Rows of at most `room` columns from groups that should stay together; a group wider than that is
/// broken. Groups are parted by one space, lines after the first are indented by `indent` columns.
pub fn wrap(groups: Vec<Row>, room: usize, indent: usize) -> Vec<Row> {
    // Without room for one character there would be no end.
    let room = room.max(1);
    let indent = indent.min(room / 2);
    let mut rows = vec![Row::default()];
    for group in groups {
        let mut gap = true;
        for piece in group.pieces.iter().cloned().enumerate() {
            let (nth, mut piece) = piece;
            if nth == 0 && !fits(&rows, group.columns() + 1, room) && !is_blank(&rows, indent) {
                rows.push(indented(indent));
            }
            if gap && !is_blank(&rows, indent) {
                push(&mut rows, Piece::new(" ", Style::Plain));
            }
            gap = false;
            loop {
                let left = room.saturating_sub(rows.last().map_or(0, Row::columns));
                if left == 0 {
                    rows.push(indented(indent));
                    continue;
                }
                let (head, tail) = piece.split(left);
                push(&mut rows, head);
                let Some(rest) = tail else { break };
                rows.push(indented(indent));
                piece = rest;
            }
        }
    }
    rows
}

fn fits(rows: &[Row], more: usize, room: usize) -> bool {
    rows.last().is_some_and(|row| row.columns() + more <= room)
}

fn is_blank(rows: &[Row], indent: usize) -> bool {
    rows.last().is_none_or(|row| {
        row.pieces.is_empty()
            || (rows.len() > 1 && row.columns() == indent && row.pieces.len() == 1)
    })
}

fn indented(indent: usize) -> Row {
    let mut row = Row::default();
    row.put(" ".repeat(indent), Style::Plain);
    row
}

fn push(rows: &mut [Row], piece: Piece) {
    if let Some(row) = rows.last_mut() {
        row.pieces.push(piece);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(row: &Row) -> String {
        row.pieces.iter().map(Piece::text).collect()
    }

    fn group(text: &str) -> Row {
        let mut row = Row::default();
        row.put(text, Style::Plain);
        row
    }

    #[test]
    fn groups_stay_together_and_a_wide_one_is_broken() {
        let rows = wrap(
            vec![group("one=1"), group("two=2"), group("three=33333333333")],
            12,
            2,
        );
        let lines: Vec<String> = rows.iter().map(text).collect();
        assert_eq!(lines, ["one=1 two=2", "  three=3333", "  3333333"]);
        assert!(rows.iter().all(|row| row.columns() <= 12));
    }

    #[test]
    fn no_room_is_no_endless_loop() {
        let rows = wrap(vec![group("日本語")], 1, 4);
        assert_eq!(rows.len(), 3);
        let rows = wrap(vec![group("abc")], 0, 0);
        assert!(!rows.is_empty());
    }

    #[test]
    fn a_cut_row_says_so() {
        assert_eq!(text(&group("payment-service").cut(8, "…")), "payment…");
        assert_eq!(text(&group("pay").cut(8, "…")), "pay");
    }
}
