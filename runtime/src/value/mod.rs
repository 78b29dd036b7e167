//! Values: what may be logged ([`Capture`]) and what stands in a record ([`Value`]).

mod capture;
mod json;
mod normal;
mod owned;
mod rendered;
mod view;

pub use capture::{Capture, capture};
pub use owned::ValueBuf;
pub use rendered::{
    capture_debug, capture_display, capture_error, capture_serde, capture_serde_by,
};
pub use view::Value;

pub(crate) use rendered::{Rendered, rendered, show_chain};
