//! The trait behind `#[state_machine]`. Only generated code implements it.

use super::StateTable;
use crate::site::MachineText;

/// An enum with `#[state_machine]` on it.
///
/// Bring it into scope to ask a value for its state's name, or a type for its table:
///
/// ```
/// use storyline::{Machine, state_machine};
///
/// #[state_machine(initial = Open)]
/// enum Door {
///     #[to(Closed)]
///     Open,
///     #[to(Open)]
///     Closed,
/// }
///
/// assert_eq!(Door::Closed.state_name(), "closed");
/// assert_eq!(Door::TABLE.states().len(), 2);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a state machine",
    label = "no `#[state_machine]`",
    note = "write `#[state_machine(initial = ...)]` above the enum, and `#[to(...)]` or `#[terminal]` above each variant"
)]
pub trait Machine: Sized {
    /// The states and the edges between them.
    const TABLE: &'static StateTable;

    /// One marker for each variant, of a type of its own: how an edge is judged at compile time.
    #[doc(hidden)]
    type Markers: MachineText;

    #[doc(hidden)]
    const MARKERS: Self::Markers;

    /// The index of this value's state in [`TABLE`](Self::TABLE): the position of its variant.
    fn state_index(&self) -> usize;

    /// The name of this value's state as records show it, in `snake_case`.
    #[inline]
    fn state_name(&self) -> &'static str {
        Self::TABLE.name_of(self.state_index())
    }
}
