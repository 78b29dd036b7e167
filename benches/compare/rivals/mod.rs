//! Who is compared: one file per logger, and the list of them.

mod emit;
mod ftlog;
mod instrument;
mod logcall;
mod logforth;
mod quicklog;
mod slog;
mod spdlog;
mod storyline;
mod timed;
mod tracing;

use std::fmt;
use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

use self::storyline::{InRequest, Json, Lines, NoRecorder, Storyline};
use crate::measure::{Error, Figures, Size, measure};

/// For a flush: longer than any run.
const TIMEOUT: Duration = Duration::from_mins(1);

/// Why a function failed.
#[derive(Debug)]
pub(crate) struct Declined;

impl fmt::Display for Declined {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("card declined")
    }
}

impl std::error::Error for Declined {}

/// What all functions under an attribute do, and the one without.
#[inline(always)]
pub(crate) fn bare(n: u64, declined: bool) -> Result<u64, Declined> {
    if black_box(declined) {
        Err(Declined)
    } else {
        Ok(black_box(n))
    }
}

/// One row of the table.
pub(crate) struct Entry {
    /// After `--rival`.
    pub(crate) name: &'static str,
    pub(crate) title: &'static str,
    /// The packages whose versions stand below the table.
    pub(crate) packages: &'static [&'static str],
    /// A function under an attribute: the second table.
    pub(crate) function: bool,
    /// What a reader must know to compare it.
    pub(crate) note: Option<&'static str>,
    pub(crate) measure: fn(&Path, Size) -> Result<Figures, Error>,
}

/// In the order of the table.
pub(crate) const ENTRIES: &[Entry] = &[
    Entry {
        name: "storyline",
        title: "**storyline**, lines",
        packages: &["storyline"],
        function: false,
        note: None,
        measure: measure::<Storyline<Lines>>,
    },
    Entry {
        name: "storyline-json",
        title: "**storyline**, JSON",
        packages: &["storyline"],
        function: false,
        note: None,
        measure: measure::<Storyline<Json>>,
    },
    Entry {
        name: "storyline-request",
        title: "**storyline**, lines, with a request id",
        packages: &["storyline"],
        function: false,
        note: None,
        measure: measure::<Storyline<InRequest>>,
    },
    Entry {
        name: "storyline-heap",
        title: "**storyline**, lines, without the recorder",
        packages: &["storyline"],
        function: false,
        note: Some(
            "has its ring on the heap here; in its other rows the ring stands in a file of the \
             recorder, from which the next start writes what a killed process left.",
        ),
        measure: measure::<Storyline<NoRecorder>>,
    },
    Entry {
        name: "quicklog",
        title: "quicklog, text",
        packages: &["quicklog"],
        function: false,
        note: Some(
            "has no background thread: the bursts are written after their end by the caller, so \
             that nothing else runs during a call, and to the disk a thread flushes that does \
             nothing else. Its file is opened and closed for each line. Its level is a feature of \
             the build; what is off still copies the text, which its macro does before it asks.",
        ),
        measure: measure::<quicklog::Text>,
    },
    Entry {
        name: "ftlog",
        title: "ftlog, text",
        packages: &["ftlog"],
        function: false,
        note: Some(
            "writes no fields, so they stand in the message, which is formatted by the caller. It \
             is set to wait when its queue is full; by default it drops.",
        ),
        measure: measure::<ftlog::Text>,
    },
    Entry {
        name: "spdlog-rs",
        title: "spdlog-rs, text",
        packages: &["spdlog-rs"],
        function: false,
        note: None,
        measure: measure::<spdlog::Text>,
    },
    Entry {
        name: "logforth",
        title: "logforth, JSON",
        packages: &["logforth"],
        function: false,
        note: Some("queues without a bound by default, so it never waits and never drops."),
        measure: measure::<logforth::Json>,
    },
    Entry {
        name: "slog",
        title: "slog-async, JSON",
        packages: &["slog", "slog-async", "slog-json"],
        function: false,
        note: Some(
            "has a queue of 16,384 records here and waits when it is full; by default it has 128 \
             and drops. Its file stands behind a buffer, without which each piece of a record \
             would be a system call.",
        ),
        measure: measure::<slog::Json>,
    },
    Entry {
        name: "tracing",
        title: "tracing, text",
        packages: &["tracing", "tracing-subscriber", "tracing-appender"],
        function: false,
        note: Some("is set to wait when its queue is full (`lossy(false)`); by default it drops."),
        measure: measure::<tracing::Text>,
    },
    Entry {
        name: "tracing-json",
        title: "tracing, JSON",
        packages: &["tracing", "tracing-subscriber", "tracing-appender"],
        function: false,
        note: Some("is set to wait when its queue is full (`lossy(false)`); by default it drops."),
        measure: measure::<tracing::Json>,
    },
    Entry {
        name: "emit",
        title: "emit, JSON",
        packages: &["emit", "emit_file"],
        function: false,
        note: Some(
            "syncs each batch to the disk, which no other here does, and empties its queue of \
             10,000 records when it is full, which cannot be changed: lines per second are of \
             those that arrived.",
        ),
        measure: measure::<emit::Json>,
    },
    Entry {
        name: "timed",
        title: "**storyline** `#[timed]`",
        packages: &["storyline"],
        function: true,
        note: None,
        measure: measure::<timed::Timed>,
    },
    Entry {
        name: "instrument",
        title: "tracing `#[instrument(err)]`",
        packages: &["tracing", "tracing-subscriber", "tracing-appender"],
        function: true,
        note: Some("writes nothing about a success."),
        measure: measure::<instrument::Errors>,
    },
    Entry {
        name: "instrument-close",
        title: "tracing `#[instrument(err)]`, `FmtSpan::CLOSE`",
        packages: &["tracing", "tracing-subscriber", "tracing-appender"],
        function: true,
        note: Some("writes the time when the span closes, and an error on a line of its own."),
        measure: measure::<instrument::Closing>,
    },
    Entry {
        name: "logcall",
        title: "`#[logcall]` into logforth, JSON",
        packages: &["logcall", "logforth"],
        function: true,
        note: Some("writes what was returned, but no time."),
        measure: measure::<logcall::Logcall>,
    },
];
