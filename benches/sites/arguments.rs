//! `--rounds N` and `--only WORD`.

use super::{Row, rows};

/// What the command asks for.
#[derive(Clone, Debug)]
pub struct Arguments {
    /// How often each program is compiled.
    pub rounds: u32,
    only: Option<String>,
}

impl Arguments {
    /// Reads the command.
    ///
    /// # Errors
    ///
    /// When it holds anything else.
    pub fn read(rounds: u32) -> Result<Self, Box<dyn std::error::Error>> {
        let mut read = Self { rounds, only: None };
        let mut words = std::env::args().skip(1).filter(|it| it != "--bench");
        while let Some(word) = words.next() {
            match (&*word, words.next()) {
                ("--rounds", Some(number)) => read.rounds = number.parse()?,
                ("--only", Some(word)) => read.only = Some(word),
                _ => {
                    return Err(format!(
                        "`{word}` is no argument: there are `--rounds N` and `--only WORD`"
                    )
                    .into());
                }
            }
        }
        Ok(read)
    }

    /// The rows whose name holds the word.
    pub fn rows(&self) -> Vec<Row> {
        let mut rows = rows();
        rows.retain(|row| self.is_wanted(row.name));
        rows
    }

    /// Whether a name holds the word.
    pub fn is_wanted(&self, name: &str) -> bool {
        self.only.as_ref().is_none_or(|only| name.contains(only))
    }
}
