//! The story of one request, from all files that tell of it: collected, read, shown.

mod collect;
mod counts;
mod json;
mod losses;
mod paths;
mod read;
mod render;
mod rows;
mod timeline;
mod tries;
mod why;

pub use collect::{Limits, Told};
pub use counts::Counts;
pub use paths::{Path, Step};
pub use read::{Event, Exchange, Story};

use crate::error::Error;
use crate::input::{Merged, Source};
use crate::requests::Requests;

impl Story {
    /// Reads `sources` once and keeps what belongs to the request `id`.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] when a source cannot be read, [`Error::NotFound`] when none has a record of
    /// that request.
    pub fn of(sources: Vec<Source>, id: &str, limits: Limits) -> Result<Self, Error> {
        let names: Vec<_> = sources.iter().map(|it| it.name().to_owned()).collect();
        let collected = collect::collect(sources, id, limits)?;
        if collected.told.is_empty() {
            collected.tally.expect_records(&names)?;
            let lines = crate::show::plural(collected.tally.lines, "line", "lines");
            return Err(Error::NotFound(format!(
                "no record of request `{id}` in {lines} of {}",
                names.join(", ")
            )));
        }
        Ok(Self::read(id, collected))
    }

    /// The story of the newest request that failed, panicked or died. The sources are read twice; what
    /// cannot be rewound is copied to a temporary file first.
    ///
    /// # Errors
    ///
    /// As [`of`](Self::of); [`Error::NotFound`] when no request failed.
    pub fn of_last_failed(sources: Vec<Source>, limits: Limits) -> Result<Self, Error> {
        let names: Vec<_> = sources.iter().map(|it| it.name().to_owned()).collect();
        let mut rereadable = Vec::with_capacity(sources.len());
        for source in sources {
            rereadable.push(source.into_rereadable()?);
        }
        let mut first = Vec::with_capacity(rereadable.len());
        for source in &rereadable {
            first.push(source.first_reading()?);
        }
        let merged = Merged::of(first, limits.keep_copies)?;
        let requests = Requests::of_merged(merged, limits.requests)?;
        let Some(id) = requests.last_failed() else {
            requests.tally().expect_records(&names)?;
            let count = crate::show::plural(requests.count(), "request", "requests");
            let loose = match requests.errors_without_request() {
                0 => String::new(),
                1 => "; 1 record at ERROR belongs to no request".to_owned(),
                loose => format!(
                    "; {} records at ERROR belong to no request",
                    crate::show::count(loose)
                ),
            };
            return Err(Error::NotFound(format!(
                "none of {count} failed, panicked or died{loose}; `requests` shows how each ended"
            )));
        };
        let id = id.to_owned();
        // The groups are not needed while the story is collected.
        drop(requests);
        Self::of(rereadable, &id, limits)
    }

    /// The sentence that says how the request ended.
    pub fn verdict(&self) -> String {
        let word = self.outcome.name().to_uppercase();
        match self.status {
            Some(status) => format!("{word} {status}"),
            None => word,
        }
    }
}
