//! The command line: what can be asked, and the help that says so. No logic.

mod help;

use std::path::PathBuf;

use clap::{ArgGroup, Args, Parser, Subcommand};

use self::help::{
    CATALOG_HELP, EXAMPLES, OUTCOMES, RECOVER_HELP, REQUESTS_SHORT, STATS_HELP, STORY_HELP,
    STORY_SHORT,
};
use crate::judge::Outcome;
use crate::requests::Sort;
use crate::show::Colour;

/// Tell what happened from the log files of one or more services
#[derive(Debug, Parser)]
#[command(name = "storyline", version, max_term_width = 100, after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Tell one request from beginning to end: what, when, where, how long, why it failed
    Story(StoryArguments),
    /// Percentiles and outcomes of timed calls and requests, transitions, counts of events
    Stats(StatsArguments),
    /// One row per request: outcome, duration, errors, services
    Requests(RequestsArguments),
    /// Write into the log files what processes that were killed had logged and not yet written
    Recover(RecoverArguments),
    /// List what a program may log, from its binary, without running it
    Catalog(CatalogArguments),
}

/// `storyline catalog`
#[derive(Debug, Args)]
#[command(after_help = CATALOG_HELP)]
pub(crate) struct CatalogArguments {
    /// A program or a shared library, or a catalogue that was written with --json
    #[arg(value_name = "PROGRAM")]
    pub program: PathBuf,
    /// Write one JSON object, one entry a line
    #[arg(long)]
    pub json: bool,
    /// Write a page of Markdown: a dictionary for the people on call
    #[arg(long, conflicts_with = "json")]
    pub markdown: bool,
    /// Say what has changed since this catalogue, or this program, that dashboards and alerts may rely on
    #[arg(long, value_name = "OLD", conflicts_with_all = ["json", "markdown"])]
    pub check: Option<PathBuf>,
    /// How to show
    #[command(flatten)]
    pub look: Look,
}

/// `storyline recover`
#[derive(Debug, Args)]
#[command(after_help = RECOVER_HELP)]
pub(crate) struct RecoverArguments {
    /// The recorder's directory, or a log; without it, the usual directory of this user, in /dev/shm
    #[arg(value_name = "PATH")]
    pub path: Option<PathBuf>,
    /// Write one JSON object
    #[arg(long)]
    pub json: bool,
}

/// `storyline story`
#[derive(Debug, Args)]
#[command(after_long_help = STORY_HELP, after_help = STORY_SHORT)]
#[command(group(ArgGroup::new("which").required(true).args(["req", "last_failed"])))]
pub(crate) struct StoryArguments {
    /// Where to read
    #[command(flatten)]
    pub input: Input,
    /// The request to tell, by its id
    #[arg(long, value_name = "ID")]
    pub req: Option<String>,
    /// Tell the newest request that failed, panicked or died
    #[arg(long)]
    pub last_failed: bool,
    /// Write one JSON object
    #[arg(long)]
    pub json: bool,
    /// Show long values whole
    #[arg(long)]
    pub full: bool,
    /// Keep at most so many records of the request
    #[arg(long, value_name = "N", default_value_t = 100_000)]
    pub max_records: usize,
    /// Group at most so many requests at a time while looking for the last failed one
    #[arg(long, value_name = "N", default_value_t = 1_000_000)]
    pub max_requests: usize,
    /// How to show
    #[command(flatten)]
    pub look: Look,
}

/// `storyline stats`
#[derive(Debug, Args)]
#[command(after_help = STATS_HELP)]
pub(crate) struct StatsArguments {
    /// Where to read
    #[command(flatten)]
    pub input: Input,
    /// Write one JSON object
    #[arg(long)]
    pub json: bool,
    /// List at most so many events, the most frequent first; 0 lists all
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub top: usize,
    /// How to show
    #[command(flatten)]
    pub look: Look,
}

/// `storyline requests`
#[derive(Debug, Args)]
#[command(after_help = REQUESTS_SHORT, after_long_help = OUTCOMES)]
pub(crate) struct RequestsArguments {
    /// Where to read
    #[command(flatten)]
    pub input: Input,
    /// What comes first
    #[arg(long, value_enum, default_value_t)]
    pub sort: Sort,
    /// The other way round
    #[arg(long)]
    pub reverse: bool,
    /// Only requests that failed, panicked or died
    #[arg(long, conflicts_with = "outcome")]
    pub failed: bool,
    /// Only requests that ended so; several parted by commas
    #[arg(long, value_enum, value_delimiter = ',', value_name = "OUTCOME")]
    pub outcome: Vec<Outcome>,
    /// Show at most so many
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// Write one JSON object a line
    #[arg(long)]
    pub json: bool,
    /// Hold at most so many requests; beyond that the tenth with the oldest last records is let go
    #[arg(long, value_name = "N", default_value_t = 1_000_000)]
    pub max_requests: usize,
    /// How to show
    #[command(flatten)]
    pub look: Look,
}

/// What every command reads.
#[derive(Debug, Args)]
pub(crate) struct Input {
    /// Log files, as lines or JSON, in any mixture; `-` or nothing is standard input
    #[arg(value_name = "FILES")]
    pub files: Vec<PathBuf>,
    /// Count a record that stands in two files twice
    #[arg(long)]
    pub keep_copies: bool,
}

/// How every command shows.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct Look {
    /// When to colour
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    pub color: Colour,
    /// Columns to fill; the terminal's, or 120 where there is none
    #[arg(long, value_name = "N")]
    pub width: Option<usize>,
    /// Draw with ASCII characters
    #[arg(long)]
    pub ascii: bool,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn what_stands_behind_the_options_is_broken_where_we_break_it() {
        let tool = Arguments::command();
        for command in std::iter::once(&tool).chain(tool.get_subcommands()) {
            let short = command.get_after_help();
            for text in short.into_iter().chain(command.get_after_long_help()) {
                for line in text.to_string().lines() {
                    let name = command.get_name();
                    assert!(line.chars().count() <= 100, "{name}: {line}");
                }
            }
        }
    }
}
