//! The only names generated code may use. Not public API: anything here may change in any release.

pub use crate::clock::now;
pub use crate::context::bind;
pub use crate::emit::{emit, emit_step, emit_variables};
pub use crate::gate::{Gate, Held};
pub use crate::level::{Level, level};
pub use crate::samples::Samples;
pub use crate::secret::{Words, hash, mask, redact};
pub use crate::site::{Entry, MachineName, Pass, Site, SiteOptions, StepEntry};
pub use crate::state::{
    Here, IllegalTransition, Machine, Place, Standing, State, StateTable, Step, markers_of_pattern,
    stand,
};
pub use crate::timed::{
    BoxedFuture, Call, Classifier, OnExit, OnUnwind, Outcome, Plan, Timed, absent, judge,
    judge_as_debug, judge_as_display, judge_lent, judge_unnamed, ok_if, run, run_boxed, run_future,
    unjudged, unreturned, used,
};
pub use crate::value::{
    DebugMember, DisplayMember, ErrorMember, Fields, FieldsMember, HashMember, Holder, MaskMember,
    Member, Rendered as Text, SerdeMember, Variables, capture, capture_debug, capture_display,
    capture_error, capture_fields, capture_fields_under, capture_serde, capture_serde_by, group,
    variable,
};
pub use crate::wire::{Absent, Group};
pub use storyline_macros::{context_of, log_event, timed_block, transition};

// Generated code names none of these; `tests/fuzz` makes sites and values of them.
pub use crate::site::Meta;
pub use crate::template::{Align, Piece, Radix, Spec};
pub use crate::wire::{Encode, Json, Kinds, Maybe, Rendered, Ticks};
