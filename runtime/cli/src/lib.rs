//! `storyline` tells what happened, from log files.
//!
//! ```text
//! storyline story FILES... --req ID | --last-failed    one request, from beginning to end
//! storyline stats FILES...                             percentiles, outcomes, counts
//! storyline requests FILES...                          one row per request
//! storyline recover [PATH]                             what killed processes had not yet written
//! storyline catalog PROGRAM                            what a program may log, from its binary
//! ```
//!
//! This is the manual of the tool and of the library that it is made of. Install it with
//! `cargo install --path runtime/cli`.
//!
//! # What is read
//!
//! FILES are the files that `storyline`'s line and JSON formats write, in any mixture; `-`, or no file
//! at all, is standard input. Everything is opened before anything is told: a file that is missing or
//! cannot be read is an error and exit code 2.
//!
//! - A line that is no record (a backtrace, another program's output, a damaged record) is kept. It
//!   belongs to the record before it in its file, is shown there, and is counted. It never ends a run.
//! - A last line that has no end and does not parse is shown as cut off. One that does parse is taken,
//!   and counted apart, for its last value may be cut.
//! - Bytes that are no UTF-8 are shown as `U+FFFD`. Of a line longer than 1 MiB the beginning is kept;
//!   it is no record.
//! - Nothing of a file reaches the terminal that could steer it: control, bidirectional, zero-width
//!   and tag characters are shown as escapes. The only escape sequences written are our colours, and
//!   those only to a terminal without `NO_COLOR` (or with `--color always`).
//!
//! # The same record in two files
//!
//! A process often writes its records to a line file and a JSON file, and both are given here. Two
//! records are one when they come from different files (or from one stream, but once as a line and
//! once as JSON) and agree in service, pid, level, request id, event, all fields, and in the timestamp
//! as far as the coarser file writes it. Occurrences are counted: what one file has three times and
//! the other twice is told three times, for a process may say the same thing twice in a millisecond.
//! `stats` and `requests`, which read in a stream, compare with the last 131,072 different records.
//! The number of such records is always shown; `--keep-copies` switches this off, for instance
//! for replicas whose service, pid and records do not differ in anything.
//!
//! # Order
//!
//! Records are told in the order of their timestamps; those of equal time in the order of the files
//! and lines, except that the service that answers for the request comes first where it receives it and
//! last where it answers. The clocks of the services are taken as they are.
//!
//! # How a request ended
//!
//! See [`judge::Outcome`]; `--help` says the same.
//!
//! # Memory
//!
//! Files of gigabytes are read in a stream. `story` keeps the records of the one request, at most
//! 100,000 of them (`--max-records`) and 256 MiB of text. `story --last-failed` and `requests` group
//! at most 1,000,000 requests (`--max-requests`); beyond that, the tenth of them with the oldest last
//! records is let go, and the number is shown. `--last-failed` reads twice, so standard input and
//! pipes are copied to a temporary file. `stats` tells apart 1,000 names of a kind; percentiles are
//! exact up to 4,096 durations of a name and from a histogram with at most 0.4 % error
//! beyond. What functions timed with `percentiles` have told in `timing_summary` stands in a table of its
//! own: counts are added up, of percentiles the highest of all intervals is shown.
//!
//! # Exit code
//!
//! 0: done. 1: what was asked for is not in the files, or `catalog --check` has found something broken.
//! 2: a file cannot be read, the output cannot be written, or wrong usage. A closed pipe (`| head`) ends the
//! run silently with 0.
//!
//! # From a program
//!
//! ```
//! use storyline_cli::{input::Source, show::Screen, stats::Stats};
//! # let directory = tempfile::tempdir()?;
//! # let path = directory.path().join("shop.log");
//! # std::fs::write(&path, "2026-06-12T02:07:07.418Z | INFO | shop | pid=7 | req=- | order_paid | amount=500\n")?;
//! let sources = Source::open_all(&[path])?;
//! let stats = Stats::of(sources, false)?;
//! assert_eq!(stats.events["order_paid"].0, 1);
//! stats.write(20, &Screen::plain(80), &mut std::io::stdout())?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#![cfg_attr(
    test,
    allow(clippy::unwrap_used, reason = "a test that cannot go on may end there")
)]

pub mod catalog;
pub mod input;
pub mod judge;
pub mod requests;
pub mod show;
pub mod stats;
pub mod story;

mod args;
mod error;
mod json;
mod notes;
mod recover;
mod run;
#[cfg(test)]
mod testing;

pub use error::Error;
pub use run::run;
