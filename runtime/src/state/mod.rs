//! What `#[state_machine]` and `transition!` run on: the table of a machine, the judgement of one
//! step, the error of a refused one, and [`Tracked`], which owns a state with an id. Hot, except for
//! [`Tracked`]'s serde half: a step allocates nothing and logs names, never payloads.

mod illegal;
mod machine;
mod place;
mod step;
mod table;
mod tracked;

pub use illegal::IllegalTransition;
pub use machine::Machine;
pub use place::{Here, Place, stand};
pub use step::{Standing, Step};
pub use table::{State, StateTable};
pub use tracked::Tracked;
