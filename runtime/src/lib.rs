//! storyline: logs that tell the story after the process is gone.
//!
//! Annotations expand at compile time into exactly the record an incident needs; a thin runtime carries
//! each record from the caller's thread to files and terminals; the tool `storyline` reads the files back
//! as the story of one request.
//!
//! ```
//! use storyline::{log_event, timed};
//!
//! #[timed(fields(user_id, amount), dependency = "stripe", slow = "500ms")]
//! fn charge(user_id: u64, amount: u64) -> Result<u64, std::io::Error> {
//!     if amount > 1000 { Err(std::io::Error::other("card declined")) } else { Ok(user_id) }
//! }
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let _flush = storyline::setup("payment-service").console().start()?;
//! let _request = storyline::request_scope("req-42");
//! log_event!(INFO, "payment_initiated", user_id = 7821, amount = 500);
//! charge(7821, 500)?;
//! # assert_eq!(storyline::counters().accepted, 2);
//! # Ok(())
//! # }
//! ```
//!
//! # Where to look
//!
//! | to | see |
//! | --- | --- |
//! | log an event | [`log_event!`], [`info!`] and its siblings |
//! | time a function or a block | [`timed`](macro@timed), [`timed_block!`] |
//! | log a flow | [`state_machine`](macro@state_machine), [`transition!`], [`Tracked`] |
//! | say where records go | [`setup`](fn@setup), [`sink`], [`format`](mod@format) |
//! | say what is wanted | [`set_directives`], `STORYLINE_LOG` |
//! | follow a request | [`request_scope`], [`FutureExt`], [`context!`], [`Context`] |
//! | log a type of your own | [`Capture`] |
//! | log the members of a structure | [`Fields`](derive@Fields) |
//! | keep a secret out | [`Secret`] |
//! | test what is logged | [`testing`] |
//! | read files | [`parse`](mod@parse) |
//! | know what was lost | [`counters`], [`flush`], [`Reason`] |
//! | lose nothing in a kill | [`Recorder`], [`recover`](fn@recover), [`durable`](sink::Output::durable) |
//!
//! # Variables of the environment
//!
//! | variable | says |
//! | --- | --- |
//! | `STORYLINE_LOG`, else `RUST_LOG` | levels by target, in place of [`Setup::directives`] |
//! | `STORYLINE_HASH_KEY` | the key of the capture `hash`, where set-up gives none |
//! | `NO_COLOR`, `TERM=dumb` | no colours on a terminal |
//! | `STORYLINE_MAX_LEVEL` | while building: sites below this level leave the binary |
//!
//! # Features
//!
//! | feature | adds |
//! | --- | --- |
//! | `metrics` | durations and counts of calls timed with `percentiles`, for the recorder of the facade `metrics` |
//! | `secrecy` | `redact`, `mask` and `hash` take a `secrecy::SecretBox`; `?` shows the mark that is its Debug; nothing shows the value |
//! | `tower` | `tower::RequestLayer` for servers and `tower::inject` for outgoing headers |
//!
//! # Levels and what they cost
//!
//! A call whose level is off is one relaxed load and one branch, and evaluates nothing. The level is INFO
//! unless set-up, `STORYLINE_LOG` or `RUST_LOG` says otherwise; `STORYLINE_MAX_LEVEL` at build time removes
//! the sites below it from the binary.
//!
//! A call whose level is on copies its values into a ring of its own thread and returns; a background
//! thread formats and writes. Once the thread and the place have logged before, that takes no lock, but to
//! wake a background thread that sleeps, and no allocation for a record of up to 16 KiB, but for what the
//! `Display`, `Debug` or `Serialize` of a value does itself. One value keeps at most 64 KiB of text, with a
//! mark of how much there was. A call waits only when its ring is full: see [`WhenFull`].
//!
//! In a program that never calls [`setup`](fn@setup), records of WARNING and above go to stderr as lines.

#[cfg(not(target_os = "linux"))]
compile_error!(
    "storyline runs on Linux only: its rings, its recorder and the end of a process rest on Linux's calls"
);

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
mod assemble;
mod backend;
mod calendar;
mod calls;
#[doc(hidden)]
pub mod catalog;
mod clock;
mod context;
mod emit;
mod error;
mod fallback;
mod filter;
mod flight;
pub mod format;
#[cfg(fuzzing)]
#[doc(hidden)]
pub mod fuzzing;
mod gate;
mod level;
mod local;
mod macros;
mod merge;
#[cfg_attr(not(feature = "metrics"), path = "metrics/absent.rs")]
mod metrics;
#[cfg(all(test, loom))]
mod models;
mod own;
mod panic;
pub mod parse;
mod percentiles;
mod record;
mod registry;
mod ring;
mod samples;
mod scratch;
mod scrub;
mod secret;
mod setup;
pub mod sink;
mod site;
mod state;
mod sync;
mod sys;
mod template;
pub mod testing;
#[cfg(test)]
mod tests;
mod timed;
#[cfg(feature = "tower")]
pub mod tower;
mod value;
mod wake;
mod wire;

pub use backend::{Counters, FlushError, Reason, SinkCounters, counters, flush, set_directives};
pub use context::{
    Context, ContextGuard, FutureExt, InContext, InvalidRequestId, InvalidTraceparent,
    RequestGuard, RequestId, TraceContext, request_scope,
};
pub use filter::DirectiveError;
pub use flight::{DeadProcess, Recorder};
pub use level::{Level, ParseLevelError};
pub use record::{FieldIter, Location, LocationBuf, Record, RecordBuf, Timestamp};
pub use registry::WhenFull;
pub use secret::Secret;
pub use setup::{Guard, Recovery, Setup, SetupError, recover, setup};
pub use state::{IllegalTransition, Machine, State, StateTable, Tracked, state_machine};
pub use timed::timed;
pub use value::{Capture, Fields, Value, ValueBuf};

/// The README's program is compiled as a test of the documentation.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
