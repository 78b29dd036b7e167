//! Values: what may be logged ([`Capture`]) and what stands in a record ([`Value`]).

mod capture;
mod normal;
mod owned;
mod view;

pub use capture::{Capture, capture};
pub use owned::ValueBuf;
pub use view::Value;
