//! The only names generated code may use. Not public API: anything here may change in any release.

pub use crate::context::bind;
pub use crate::emit::{emit, emit_step, emit_variables};
pub use crate::gate::Gate;
pub use crate::level::{Level, level};
pub use crate::samples::Samples;
pub use crate::secret::{Words, hash, mask, redact};
pub use crate::site::{Entry, MachineText, Site, SiteOptions, StepEntry};
pub use crate::state::{
    Here, IllegalTransition, Machine, Place, State, StateTable, markers_of_pattern, stand,
};
pub use crate::timed::{
    Begun, OnExit, OnUnwind, Plan, Timed, absent, decided, judge, judge_as_debug, judge_as_display,
    judge_lent, judge_unnamed, never, ok_if, run, run_boxed, run_future, unjudged, unreturned,
    used,
};
pub use crate::value::{
    DebugMember, DisplayMember, ErrorMember, Fields, FieldsMember, HashMember, Holder, MaskMember,
    Member, Rendered as Text, SerdeMember, capture, capture_debug, capture_display, capture_error,
    capture_fields, capture_fields_under, capture_serde, capture_serde_by, group, variable,
};
pub use crate::wire::{Absent, Group, Structure};
pub use storyline_macros::{context_of, log_event, timed_block, transition};

// Generated code names none of these; `tests/fuzz` makes sites and values of them.
pub use crate::site::Meta;
pub use crate::template::{Align, Piece, Radix, Spec};
pub use crate::wire::{Encode, Json, Maybe, Rendered, Ticks};
