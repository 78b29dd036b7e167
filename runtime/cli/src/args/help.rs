//! What stands behind the options in the help.

/// How it is judged how a request ended, which two commands explain.
macro_rules! outcomes {
    () => {
        "\
How a request ended:
  The service that answers is the one that logged `request_received` first (in the same
  millisecond: the one that had the request longer; where none did, the one that logged
  `response_sent` last). The status of its last `response_sent` decides:
    failed      500 and above; panicked when any record of the request tells of a panic
    refused     400 to 499
    ok          below, whatever went wrong on the way
  Without that response, the first of these that holds:
    panicked    a panic was logged
    died        `process_died` tells of a process that had received the request and logged
                nothing final; of one outside of HTTP, when a record of it was the last that the
                process made, or not yet written when it died
    cancelled   `request_cancelled` was logged: the client went away
    failed      an ERROR or CRITICAL record was logged
    unfinished  a request was received, and nothing final came after it
    ok          none of these: work outside of HTTP that went well
  An id that is received again once it has been answered is another request: a client that tries
  again, or asks one service and then another. `requests` has a row for each (`2 of 3`); `story`
  says under `of one id` how each ended, and is headed by the worst. Where one service received
  an id twice at one time, both are told as one (`2 at once`)."
    };
}

/// For the tool as a whole.
pub(super) const EXAMPLES: &str = "\
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

Exit code: 0 done; 1 what was asked for is not in the files, or `catalog --check` found something
broken; 2 a file cannot be read, or wrong usage.";

/// For `catalog`.
pub(super) const CATALOG_HELP: &str = "\
Examples:
  storyline catalog target/release/shop                      every event, call and transition
  storyline catalog target/release/shop --markdown > EVENTS.md
  storyline catalog target/release/shop --json > events.json
  storyline catalog target/release/shop --check events.json  in CI: fails when others would miss
                                                             something
  storyline catalog new/shop --check old/shop                two programs

Types are those of the record: every unsigned integer of up to 64 bits is `u64`, String is `str`;
a field that is captured otherwise shows how (display, debug, json, error, redacted, masked,
hashed). A call in a generic function is one entry, with the types it is used with.

--check takes all calls of one name together, wherever they stand, and says of each change
  broken  a name that is gone or became another kind; a field that is gone, or that one of the
          calls lacks though all had it; a field of another type, or one that may now be missing; a
          text that was the same in every record and is another (`dependency`); a lower level; an
          outcome that is no longer recorded
  note    a call that is now held back (`once`, `every`, ...); a higher level; another target;
          another message
  new     a name that the older catalogue lacks
What moves to another line, file or module, and fields and outcomes that are added, are not worth a
word. For this u64 and i64 are one type, f32 and f64, and str and display.

Not to be seen: calls that the compiler has removed because nothing reaches them or because of
STORYLINE_MAX_LEVEL; what a level or a target given as an expression is (they are shown as known at
run time only); fields that `context!` adds; what a program loads from shared libraries, which are
catalogued one by one. Only ELF files are read, stripped ones too.

Exit code: 0 done; 1 no call site in the program, or something is broken; 2 a file cannot be read.";

/// For `recover`.
pub(super) const RECOVER_HELP: &str = "\
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

/// For `requests --help`.
pub(super) const OUTCOMES: &str = outcomes!();

/// For `story -h`.
pub(super) const STORY_SHORT: &str = "\
Examples:
  storyline story logs/*.log --last-failed
  storyline story payment.log gateway.json --req checkout-7f3a
  storyline story logs/*.log --req checkout-7f3a --json | jq .why

`--help` explains the signs, and how it is judged how a request ended.";

/// For `story --help`.
pub(super) const STORY_HELP: &str = concat!(
    "\
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

",
    outcomes!()
);

/// For `stats`.
pub(super) const STATS_HELP: &str = "\
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

/// For `requests -h`.
pub(super) const REQUESTS_SHORT: &str = "\
Examples:
  storyline requests logs/*.log --failed
  storyline requests logs/*.log --sort duration --limit 10
  storyline requests logs/*.log --outcome cancelled,unfinished --json | jq -r .request_id

`--help` says how it is judged how a request ended.";
