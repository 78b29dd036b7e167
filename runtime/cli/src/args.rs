//! The command line: what can be asked, and the help that says so. No logic.

use std::path::PathBuf;

use clap::{ArgGroup, Args, Parser, Subcommand};

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

const EXAMPLES: &str = "\
Examples:
  storyline story logs/*.log --last-failed        the newest request that went wrong
  storyline story logs/*.log --req checkout-7f3a  one request, across all services
  storyline requests logs/*.log --sort duration   one row per request, the slowest first
  storyline stats logs/*.log                      percentiles, error rates, counts
  zcat old/*.gz | storyline stats                 standard input works everywhere
  storyline recover                               what killed processes had not yet written
  storyline catalog target/release/shop           what a program may log, without running it

FILES may be line files and JSON files in any mixture. A record that stands in two of them (the
same process writes both) is told once. A line that is no record is kept, shown where it stands
and counted.

Exit code: 0 done; 1 what was asked for is not in the files; 2 a file cannot be read, or wrong
usage.";

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
    /// Say what has changed since this catalogue that dashboards and alerts may rely on
    #[arg(long, value_name = "OLD.json", conflicts_with_all = ["json", "markdown"])]
    pub check: Option<PathBuf>,
    /// How to show
    #[command(flatten)]
    pub look: Look,
}

const CATALOG_HELP: &str = "\
Examples:
  storyline catalog target/release/shop                        every event, timed call and transition
  storyline catalog target/release/shop --markdown > EVENTS.md
  storyline catalog target/release/shop --json > events.json
  storyline catalog target/release/shop --check events.json    in CI: fails when others would miss something

Types are those of the record: every unsigned integer of up to 64 bits is `u64`, String is `str`;
a field that is captured otherwise shows how (display, debug, json, error, redacted, masked, hashed).
A call in a generic function is one entry, with the types it is used with.

--check takes all calls of one name together. Broken is: a name that is gone; a field that is gone,
or that one of the calls lacks though all had it; a field of another type; a lower level, or an
outcome that is no longer recorded. Additions, moved lines, raised levels, other messages and other
options are fine.

Not to be seen: calls that the compiler has removed because nothing reaches them or because of
STORYLINE_MAX_LEVEL; what a level or a target given as an expression is (they are shown as known at
run time only); fields that `context!` adds. Only ELF files are read, stripped ones too.

Exit code: 0 done; 1 no call site in the program, or something is broken; 2 a file cannot be read.";

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

const RECOVER_HELP: &str = "\
Examples:
  storyline recover                                 what is left in /dev/shm/storyline-<uid>
  storyline recover /var/log/shop/shop.log          that, and what is left beside the log
  storyline recover /var/lib/shop/recorder          what is left where `Recorder::at` says
  sudo -u shop storyline recover                    what a service of another user has left

The next start of a service recovers its own log by itself; this is for a service that is not
started again. Processes that live are left alone, and counted when nothing went wrong. Recovered
records carry `recovered=true`. What another user's services have left is only named: no one but
that user may recover it.

Exit code: 0 done, also when there was nothing; 2 something could not be recovered.";

const OUTCOMES: &str = "\
How a request ended:
  The service that answers is the one that logged `request_received` first (in the same
  millisecond: the one that had the request longer; where none did, the one that logged
  `response_sent` last). The status of its last `response_sent` decides:
    failed      500 and above; panicked when any record of the request tells of a panic
    refused     400 to 499
    ok          below, whatever went wrong on the way
  Without that response, the first of these that holds:
    panicked    a panic was logged
    died        `process_died` tells of a process that had received the request and logged nothing final;
                of one outside of HTTP, when a record of it was the last that the process made, or not yet
                written when it died
    cancelled   `request_cancelled` was logged: the client went away
    failed      an ERROR or CRITICAL record was logged
    unfinished  a request was received, and nothing final came after it
    ok          none of these: work outside of HTTP that went well";

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

const STORY_SHORT: &str = "\
Examples:
  storyline story logs/*.log --last-failed
  storyline story payment.log gateway.json --req checkout-7f3a
  storyline story logs/*.log --req checkout-7f3a --json | jq .why

`--help` explains the signs, and how it is judged how a request ended.";

const STORY_HELP: &str = "\
Examples:
  storyline story logs/*.log --last-failed
  storyline story payment.log gateway.json --req checkout-7f3a
  storyline story logs/*.log --req checkout-7f3a --json | jq .why

Signs:
  → request in   ← response out   ✓ call done   ✗ failed   ! warning   ⊘ cancelled   ✖ panic
  ↻ retry        ◆ state change   ↛ refused state change   ┆ no record
  ▶ first record at ERROR (or CRITICAL)
  ∘ of no request: a WARNING or worse that a service of the story logged in the same time

  A name with #2 is the second try: so says its field `attempt`; without one, the call before it
  failed. The bars at the right (on a
  terminal of 100 columns and more) show when a measured call began and ended.

  (left there) behind a state: the request was broken off (cancelled, panicked, unfinished) and no
  further step came.

Records are put in the order of their timestamps; equal ones stay in the order of the files. The
clocks of the services are taken as they are.

Memory: only the records of the request are kept, at most --max-records of them and 256 MiB of
text. `--last-failed` reads twice; standard input and pipes are copied to a temporary file for
that.

How a request ended:
  The service that answers is the one that logged `request_received` first (in the same
  millisecond: the one that had the request longer; where none did, the one that logged
  `response_sent` last). The status of its last `response_sent` decides:
    failed      500 and above; panicked when any record of the request tells of a panic
    refused     400 to 499
    ok          below, whatever went wrong on the way
  Without that response, the first of these that holds:
    panicked    a panic was logged
    died        `process_died` tells of a process that had received the request and logged nothing final;
                of one outside of HTTP, when a record of it was the last that the process made, or not yet
                written when it died
    cancelled   `request_cancelled` was logged: the client went away
    failed      an ERROR or CRITICAL record was logged
    unfinished  a request was received, and nothing final came after it
    ok          none of these: work outside of HTTP that went well";

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

const STATS_HELP: &str = "\
Examples:
  storyline stats logs/*.log
  storyline stats logs/*.log --json | jq '.timed[] | {name, p99_ms}'

Percentiles are exact (nearest rank) up to 4,096 durations of a name; beyond that they come from
a histogram and are at most 0.4 % off. They count every ending: calls and requests that failed,
panicked or were cancelled are in them, so a service that hangs shows.

`failed` is a share. Of timed calls: those that ended with err or panic; a cancelled one did not
fail. Of requests: those answered 500 and above, failed or panicked, out of the received ones but
for those whose client went away. `at ERROR` counts records of the levels ERROR and CRITICAL.

`missing` is what the log itself tells: `records_dropped` by reason, and processes that died.

At most 1,000 different names of one kind are told apart; the rest is counted as `(others)`.";

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

const REQUESTS_SHORT: &str = "\
Examples:
  storyline requests logs/*.log --failed
  storyline requests logs/*.log --sort duration --limit 10
  storyline requests logs/*.log --outcome cancelled,unfinished --json | jq -r .request_id

`--help` says how it is judged how a request ended.";

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
