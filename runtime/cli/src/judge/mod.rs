//! Judging: what a record says, how a request ended, how long things took. This room reads records
//! and counts; it does no input and no output.

mod facts;
mod outcome;
mod processes;
mod quantiles;
mod request;

pub use facts::{Fact, number, text, whole};
pub use outcome::Outcome;
pub use processes::Processes;
pub use quantiles::{EXACT, Quantiles, RELATIVE_ERROR};
pub use request::Judge;
