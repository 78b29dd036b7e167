//! Values: what may be logged ([`Capture`]) and what stands in a record ([`Value`]).

mod capture;
mod fields;
mod holder;
mod json;
mod member;
mod normal;
mod owned;
mod rendered;
mod variable;
mod view;

pub use capture::{Capture, capture};
pub use fields::{Fields, capture_fields, group};
pub use holder::{Holder, capture_fields_under};
pub use member::{
    DebugMember, DisplayMember, ErrorMember, FieldsMember, HashMember, MaskMember, Member,
    SerdeMember,
};
pub use owned::ValueBuf;
pub use rendered::{
    Rendered, capture_debug, capture_display, capture_error, capture_serde, capture_serde_by,
};
pub use variable::variable;
pub use view::Value;

pub(crate) use rendered::{rendered, show_chain};
pub(crate) use variable::Variables;
