//! Judging: what a record says, how a request ended, how long things took. This room reads records
//! and counts; it does no input and no output.

mod exchanges;
mod facts;
mod hop;
mod missing;
mod outcome;
mod processes;
mod quantiles;
mod request;
mod values;

pub use exchanges::Exchanges;
pub use facts::Fact;
pub use missing::{Missing, is_of_loss};
pub use outcome::Outcome;
pub use processes::Processes;
pub use quantiles::{EXACT, Quantiles, RELATIVE_ERROR};
pub use request::Judge;
pub use values::{number, text, whole};
