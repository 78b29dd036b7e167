//! Values: what may be logged ([`Capture`]) and what stands in a record ([`Value`]).

mod capture;
mod fields;
mod json;
mod normal;
mod owned;
mod rendered;
mod variable;
mod view;

pub use capture::{Capture, capture};
pub use fields::{Fields, Member, capture_fields, capture_member, group};
pub use owned::ValueBuf;
pub use rendered::{
    Rendered, ShowDebug, ShowDisplay, ShowStructure, capture_debug, capture_display, capture_error,
    capture_serde, capture_serde_by,
};
pub use variable::{Variables, variable};
pub use view::Value;

pub(crate) use rendered::{rendered, show_chain};
