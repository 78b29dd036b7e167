//! What `#[timed]` and `timed_block!` run on: a call is begun, its body runs, and however it is left
//! one record says so. Hot: when nothing is wanted a call costs the one load and branch of its site.
//!
//! `plan` is the static behind a call, `call` begins and ends one, `recorded` makes its record of what its end adds,
//! which is `ending`; `guard` and `future` see how it was left, `judge` and `judge_as` make an `outcome` of the value,
//! `failure` the text of its error, `saved` keeps the fields from entry to end, `hook` knows what a panic hook took of
//! a call's time.

mod call;
mod ending;
mod failure;
mod future;
mod guard;
pub(crate) mod hook;
mod judge;
mod judge_as;
mod outcome;
mod plan;
mod recorded;
mod saved;
#[cfg(test)]
mod tests;

pub use call::Begun;
pub use future::{Timed, absent, run_boxed, run_future, unreturned};
pub use guard::{OnExit, OnUnwind, run};
pub use judge::{judge, judge_lent, never, unjudged};
pub use judge_as::{judge_as_debug, judge_as_display, judge_unnamed};
pub use outcome::{decided, ok_if, used};
pub use plan::Plan;

/// Records each call of a function: how it ended, how long it took, and the error if there was one.
///
/// ```
/// use storyline::timed;
///
/// #[derive(Debug)]
/// struct Declined;
///
/// impl std::fmt::Display for Declined {
///     fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
///         f.write_str("card declined")
///     }
/// }
///
/// impl std::error::Error for Declined {}
///
/// #[timed(fields(user_id, amount), dependency = "stripe", slow = "500ms")]
/// fn charge(user_id: u64, amount: u64) -> Result<u64, Declined> {
///     if amount > 1_000 {
///         return Err(Declined);
///     }
///     Ok(user_id + amount)
/// }
///
/// let logged = storyline::testing::capture(|| {
///     let _ = charge(7821, 500);
///     let _ = charge(7821, 5_000);
/// });
/// // INFO  function_complete name=charge dependency=stripe duration_ms=0.002 outcome=ok user_id=7821 amount=500
/// // ERROR function_failed name=charge ... outcome=err error="card declined" user_id=7821 amount=5000
/// assert_eq!(logged[0].event, "function_complete");
/// assert_eq!(logged[1].event, "function_failed");
/// ```
///
/// | the call | event | level | `outcome` |
/// | --- | --- | --- | --- |
/// | gives `Ok`, or a value that is no `Result` | `function_complete` | INFO | `ok` |
/// | gives `Err` | `function_failed` | ERROR | `err`, and `error` |
/// | unwinds | `function_failed` | ERROR | `panic` |
/// | is a future that is dropped before it is ready | `function_cancelled` | WARNING | `cancelled` |
/// | gives a value that cannot be judged | `function_complete` | INFO | `returned` |
/// | is a [`timed_block!`](crate::timed_block) that is left by `?`, `return`, `break` or with its future | `function_complete` | INFO | `left` |
///
/// Every record has `name` and `duration_ms`; that of a future has `busy_ms`, the time spent inside its
/// polls, and `polls`. What the panic hook took, which may print a backtrace, is no part of a duration.
///
/// # Options
///
/// | option | what it does |
/// | --- | --- |
/// | `level` | the level of a success, and of what is `returned` or `left`: `level = DEBUG` |
/// | `err_level`, `panic_level`, `cancel_level` | the level of the other outcomes: `err_level = WARNING` |
/// | `name = "..."` | instead of the function's name |
/// | `target = "..."` | what directives compare with, instead of the module |
/// | `fields(...)` | what is recorded of the arguments, written as in `log_event!`. Nothing else is. Taken when the call begins, and only if a record could be wanted |
/// | `dependency = "stripe"` | the call leaves the process: a field that says where to |
/// | `slow = "500ms"` | a success that takes as long or longer is recorded with `slow=true`, at `slow_level` |
/// | `slow_level` | the level of a slow success, WARNING unless said; never below `level` |
/// | `only(err, slow, panic, cancelled)` | record these and nothing else |
/// | `err(debug)`, `err(display)`, `err(none)` | what is shown of an error |
/// | `ok_if = path`, `ok_if = \|value\| ...` | a function, or a closure, of a reference to what is returned, which says whether that is `ok`: see below |
/// | `start` | also record `function_started`, at `level` |
/// | `percentiles` | every call counts for the site's `timing_summary`, whether it is recorded or not: see below |
/// | `future` | the return type is an alias of a boxed future |
/// | `skip` | alone, on a function or a block inside a timed block of functions: it is not timed |
/// | `crate = path` | where `storyline` is, when it is not `::storyline` |
///
/// # How the outcome is judged
///
/// By the type of the value, so an alias of `Result` is seen. An error that implements
/// [`Error`](core::error::Error) is shown with its causes, `a: b: c`, leaving out a cause that the text
/// before it contains; a box of one likewise; one with only a `Display`, such as `anyhow`'s, in its
/// alternate form `{:#}`. An error without a text is named by its type, never shown by its `Debug`, which
/// may hold a secret, unless `err(debug)` asks for it.
///
/// An error whose type is written with a lifetime, a reference or a type parameter inside, `Rejected<&str>`,
/// `Rejected<T>`, is shown in its alternate form, too, without its causes: some such types are errors only while
/// they hold nothing borrowed, which cannot be asked for without demanding it. An alias may hide the
/// lifetime, and a `timed_block!` shows no type; where the compiler then says that something does not live long
/// enough, write `err(display)`.
///
/// `ok_if` has the last word on a value. It sees the value alone, when the arguments are gone:
///
/// ```
/// use storyline::timed;
///
/// #[timed(ok_if = |status| *status < 500)]
/// fn respond(found: bool) -> u16 {
///     if found { 200 } else { 503 }
/// }
///
/// let logged = storyline::testing::capture(|| {
///     respond(true);
///     respond(false);
/// });
/// assert_eq!(logged[0].event, "function_complete");
/// assert_eq!(logged[1].event, "function_failed");
/// ```
///
/// Where the return type is one of the function's own type parameters, the outcome is `returned`: the
/// value may be a `Result` or not. Where it is a parameter of the `impl` around it, a `Result` is
/// `returned` and anything else is `ok`.
///
/// # What can be timed
///
/// Free and associated functions with any receiver, generic ones, `async fn`, functions that return
/// `impl Future<...>` or `Pin<Box<dyn Future<...>>>` as written in the signature, whose future is timed
/// and not its making, `#[async_trait]` methods, `unsafe` and `extern` functions, `-> !`.
///
/// On an `impl` block, a trait or an inline module: every function in it, with the options of the block;
/// `#[timed(...)]` on one of them, or on a block of them in a module, has its own say, also under a condition,
/// `#[cfg_attr(feature = "log", timed(level = DEBUG))]`, where a mistake is told only where the condition holds;
/// `#[timed(skip)]` leaves it out. What cannot be timed is left out
/// there by itself, and refused where it is annotated alone: a `const fn`, a function without a body, one that is
/// naked or takes a variable number of arguments, and `drop` and `fmt` of `Drop`, `Display` and `Debug`, which run
/// while a thread ends and while records are written. An `impl` block of one of these three is left out of a module.
///
/// # What differs from the bare function
///
/// - The body runs in a closure, or in a future inside the `async fn`; a backtrace shows it as a frame of
///   its own. Locations of panics are those of the user's lines. The `type_name` of a type that is declared
///   inside the body says `{{closure}}`, too.
/// - A function that returns `impl Fn(...)` keeps its body where it is, too, because the types that a closure takes
///   stand in the signature alone. It ends with `ok` or `panic`. Where the `impl Fn(...)` is a part of the return type,
///   as in `Result<impl Fn(&str), Error>`, the closure may have to name the types that it takes.
/// - What the compiler says of an argument of an `async fn` that was moved or lent calls it `value`, as in "use of moved
///   value", and points at it; of a function it has the argument's name.
/// - With `#[track_caller]` the body stays where it is, because a closure has no caller. A guard then sees
///   that it ended, but not with what: the outcome is `returned` or `panic`.
/// - Arguments are dropped as the language drops them, last to first, before the record is made. Those
///   taken apart by a pattern, those with an attribute and `_` follow the others. In an `async fn` those
///   that are `mut`, whose names start with `_` or that the body never names go first, then the others in the order
///   in which the body names them. A `self` that it never names, and what patterns leave out, go last, after the
///   record: a panic in their drop has none.
/// - The future of an `async fn` grows by 48 bytes, by 64 more where it has fields, and once more by
///   arguments that are `mut`, whose names start with `_` or that a field looks at. For the compiler's recursion
///   limit, which counts how deep the types of futures that await each other are nested, it counts as a little
///   more than two: under the usual limit of 128 a dozen timed functions can await each other in a row, whatever
///   their order in the source, and 30 bare ones. For more of them the compiler asks for a higher
///   `#![recursion_limit]`.
/// - A frame of the stack grows by up to 128 bytes, with fields by some 300; built without optimisation, by 336
///   and 1000. Where an `async fn` awaits itself in a box it is 128 and some 430; built without optimisation, 800
///   and 1800.
/// - Some lints are not told of a timed function, because they do not follow arguments into its body: those that say
///   that a reference would do (`needless_pass_by_value`, `ptr_arg`, `boxed_local`, `needless_pass_by_ref_mut`), that it
///   could be `const`, or need not be `async` or give a `Result` (`missing_const_for_fn`, `unused_async`,
///   `manual_async_fn`, `unnecessary_wraps`, `unwrap_in_result`), and rustc's `unconditional_recursion`. An argument that
///   a field names counts as used. Of those that are off unless asked for, `implicit_return` is not told at the end of a
///   future and is told behind `#[track_caller]`, and `shadow_reuse` is told of an argument that a field names.
/// - A returned future in a box gets a second box while its record is wanted.
/// - A future that was never polled did nothing, and leaves no record.
///
/// When no outcome is wanted at its level, a call costs one load and one branch.
///
/// # Percentiles
///
/// With `percentiles` each function, or block, that was called tells at intervals how long its calls took. Every call
/// counts, also where no record of it is wanted, so `percentiles, level = DEBUG` gives one record a minute in the
/// place of one for each call, and still one for each that fails. `storyline stats` shows the summaries as a table.
///
/// ```text
/// INFO timing_summary name=charge dependency=stripe count=5210 p50_ms=4.194 p95_ms=12.714 p99_ms=88.080 max_ms=301.558 errors=3 interval_ms=60000
/// ```
///
/// ```
/// use storyline::sink::{self, Memory};
/// use storyline::timed;
///
/// // One record in a minute instead of one for each call; those that fail still have their own.
/// #[timed(percentiles, level = DEBUG)]
/// fn charge(amount: u64) -> Result<u64, std::num::ParseIntError> {
///     Ok(amount)
/// }
///
/// let memory = Memory::new();
/// let flush = storyline::setup("shop").sink(sink::memory(&memory)).start()?;
/// for amount in 0..1_000 {
///     charge(amount)?;
/// }
/// drop(flush); // at the end of `main` by itself
/// let records = memory.records();
/// assert_eq!(records.len(), 1);
/// assert_eq!(records[0].event, "timing_summary");
/// assert_eq!(records[0].field("count"), Some(&storyline::ValueBuf::UInt(1_000)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// | field | what it says of the calls that ended in this interval |
/// | --- | --- |
/// | `count` | how many were measured, whatever their outcome; calls that still run count when they end |
/// | `p50_ms`, `p95_ms`, `p99_ms` | the duration that so many of a hundred did not exceed, at most 1 % off, from a nanosecond to three days |
/// | `max_ms` | the longest, exactly |
/// | `errors` | those with the outcome `err` or `panic` |
/// | `cancelled` | futures that were dropped before they were ready, if there were any. Their durations count, too: what runs into a timeout is the slowest of all, and would otherwise be missing |
/// | `missed` | calls that ended when there was no room to say so, if there were any. They are in none of the other figures |
/// | `interval_ms` | the time since the last summary, or since the start |
///
/// All figures are those of the interval, never since the start: an average over days hides the last minute. An
/// interval is a minute unless [`Setup::timing_summary_every`](crate::Setup::timing_summary_every) says otherwise; the
/// last one ends with the process, with the guard of [`setup`](fn@crate::setup) or at exit. A [`flush`](crate::flush())
/// ends none. There is no summary of an interval without calls, and none of the last interval of a process that is
/// killed: what was only counted is lost with it.
///
/// The record is of level INFO, with the module, file, line and target of the function, and directives decide about
/// it as about any other. Where they leave it out, and where `STORYLINE_MAX_LEVEL` leaves out INFO or all levels of
/// the function, nothing is measured for it.
///
/// A call of which a record is written is not measured twice: the duration is that of its record. Of any other call
/// a few bytes go the way of a record, without a lock or an allocation (but for a returned future in a box, which gets
/// its second one). It never waits for room, and it is no accepted record: [`counters`](crate::counters()) knows
/// nothing of it. Before set-up, and inside a [capture](crate::testing), nothing is counted. Each function that was
/// called takes 11 KiB.
///
/// With the feature `metrics` the background thread hands the same calls to the recorder of the facade
/// [`metrics`](https://docs.rs/metrics), a second late at most, whatever directives say:
///
/// | name | kind | labels |
/// | --- | --- | --- |
/// | `function_duration_seconds` | histogram | `name`, `module`, `outcome`, and `dependency` if there is one |
/// | `function_calls_total` | counter | the same |
/// | `function_missed_total` | counter, with each summary | the same without `outcome` |
///
/// Functions of one name in one module share their series. The recorder may be installed before or after set-up; calls that ended before it was there are not made up for.
/// It may log, and one that panics harms nobody; but a recorder must not itself be timed with `percentiles`.
pub use storyline_macros::timed;
