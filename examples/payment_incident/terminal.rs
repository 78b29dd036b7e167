//! The terminal of a person who watches: records above, a progress bar below. Both services write
//! through this process, so that no line tears the bar.

use std::io::{self, BufRead, BufReader, IsTerminal, Read, Write};

use indicatif::{ProgressBar, ProgressStyle};
use storyline::sink::{Batch, Sink, WriteError};

/// A sink that writes above the bar.
pub struct AboveBar(pub ProgressBar);

impl Sink for AboveBar {
    fn write(&mut self, batch: Batch<'_>) -> Result<(), WriteError> {
        self.0
            .suspend(|| io::stderr().write_all(batch.bytes()))
            .map_err(|error| WriteError::new(0, error))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Whether a person watches.
pub fn is_watched() -> bool {
    io::stderr().is_terminal()
}

/// The bar for the customers' load; nothing is drawn when nobody watches.
pub fn bar(requests: u64) -> ProgressBar {
    let template = "{bar:30.cyan/dim} {pos}/{len} customers served, {elapsed} ";
    let style = ProgressStyle::with_template(template);
    let bar = ProgressBar::new(requests);
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// Shows another process's lines above the bar as they come.
pub fn forward(lines: impl Read + Send + 'static, bar: ProgressBar) {
    std::thread::spawn(move || {
        let mut lines = BufReader::new(lines);
        let mut line = Vec::new();
        while lines
            .read_until(b'\n', &mut line)
            .is_ok_and(|read| read > 0)
        {
            // Nobody is left to tell when standard error is gone.
            let _ = bar.suspend(|| io::stderr().write_all(&line));
            line.clear();
        }
    });
}
