//! Whether a file holds every record once, whole, and each producer's in order.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use crate::row::{Row, Shape};

/// The first number: all have nine digits, so all lines are equally long.
pub(crate) const FIRST: u64 = 100_000_000;

/// Reads the whole file, but for its first `said` lines; gives the bytes of the others.
///
/// # Errors
///
/// Says what is wrong with which line.
pub(crate) fn whole(path: &Path, row: &Row, said: u64) -> Result<u64, String> {
    let file = File::open(path).map_err(|error| error.to_string())?;
    let len = file.metadata().map_err(|error| error.to_string())?.len();
    let mut reader = BufReader::with_capacity(1 << 20, file);
    let mut skipped = Vec::new();
    for _ in 0..said {
        reader
            .read_until(b'\n', &mut skipped)
            .map_err(|error| error.to_string())?;
    }
    let len = len - skipped.len() as u64;
    let each = row.records / row.producers;
    let mut next: Vec<u64> = (0..row.producers).map(|it| FIRST + it * each).collect();
    let (mut line, mut lines, mut line_bytes, mut place) = (Vec::new(), 0_u64, 0, None);
    loop {
        line.clear();
        let read = reader
            .read_until(b'\n', &mut line)
            .map_err(|error| error.to_string())?;
        if read == 0 {
            break;
        }
        lines += 1;
        if lines == 1 {
            line_bytes = read;
            place = place_of_number(&line, row.shape);
        }
        let wrong = |why: &str| {
            Err(format!(
                "line {lines} {why}: {}",
                String::from_utf8_lossy(&line)
            ))
        };
        if read != line_bytes || line.last() != Some(&b'\n') {
            return wrong("is torn");
        }
        let Some(number) = place.and_then(|at| number(&line, at)) else {
            return wrong("has no number");
        };
        let producer = usize::try_from((number - FIRST) / each).unwrap_or(usize::MAX);
        let Some(next) = next.get_mut(producer) else {
            return wrong("has a number that nobody logged");
        };
        if *next != number {
            return wrong(&format!("comes where {next} is due"));
        }
        *next += 1;
    }
    if lines != row.records || len != lines * line_bytes as u64 {
        return Err(format!(
            "{lines} lines and {len} bytes for {} records",
            row.records
        ));
    }
    Ok(len)
}

/// Where the number stands, in every line, for all are equally long.
fn place_of_number(line: &[u8], shape: Shape) -> Option<usize> {
    let key: &[u8] = if shape == Shape::Json {
        b"\"user_id\":"
    } else {
        b"user_id="
    };
    Some(line.windows(key.len()).position(|it| it == key)? + key.len())
}

fn number(line: &[u8], place: usize) -> Option<u64> {
    let digits = line.get(place..place + 9)?;
    std::str::from_utf8(digits)
        .ok()?
        .parse()
        .ok()
        .filter(|number| *number >= FIRST)
}
