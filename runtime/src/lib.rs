//! storyline: logs that tell the story after the process is gone.

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
mod assemble;
mod backend;
mod clock;
mod context;
mod emit;
mod fallback;
mod filter;
pub mod format;
mod gate;
mod level;
mod local;
mod macros;
mod merge;
pub mod parse;
mod record;
mod registry;
mod ring;
mod scratch;
mod secret;
mod setup;
pub mod sink;
mod site;
mod state;
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
pub use level::{CEILING, Level, ParseLevelError};
pub use record::{FieldIter, Location, LocationBuf, Record, RecordBuf, Timestamp};
pub use registry::WhenFull;
pub use secret::Secret;
pub use setup::{Guard, Setup, SetupError, setup};
pub use state::{IllegalTransition, Machine, State, StateTable, Tracked, state_machine};
pub use timed::timed;
pub use value::{Capture, Value, ValueBuf};
