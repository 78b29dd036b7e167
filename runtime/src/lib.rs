//! storyline: logs that tell the story after the process is gone.

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
mod context;
mod gate;
mod level;
mod macros;
mod record;
mod site;
mod template;
mod value;
mod wire;

pub use context::{
    Context, ContextGuard, FutureExt, InContext, InvalidRequestId, InvalidTraceparent,
    RequestGuard, RequestId, TraceContext, request_scope,
};
pub use level::{CEILING, Level, ParseLevelError};
pub use record::{FieldIter, Location, LocationBuf, Record, RecordBuf, Timestamp};
pub use value::{Capture, Value, ValueBuf};
