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
pub use step::markers_of_pattern;
pub use table::{State, StateTable};
pub use tracked::Tracked;

pub(crate) use step::Step;

/// Makes an enum a state machine: each variant is a state, and says which may follow it.
///
/// ```
/// use storyline::{Machine, state_machine};
///
/// /// An order on its way through payment.
/// #[state_machine(initial = Created)]
/// #[derive(Debug)]
/// pub enum Order {
///     #[to(PaymentPending, Cancelled)]
///     Created,
///     #[to(Paid, PaymentFailed)]
///     PaymentPending { attempt: u32 },
///     #[to(PaymentPending, Abandoned)]
///     PaymentFailed,
///     #[terminal]
///     Paid,
///     #[terminal]
///     Cancelled,
///     #[terminal]
///     Abandoned,
/// }
///
/// assert_eq!(Order::PaymentPending { attempt: 1 }.state_name(), "payment_pending");
/// assert!(Order::TABLE.allows("created", "cancelled"));
/// assert!(Order::MERMAID.contains("payment_failed --> abandoned"));
/// ```
///
/// [`transition!`](crate::transition) then goes from state to state and logs each step.
///
/// | on | write | meaning |
/// | --- | --- | --- |
/// | the enum | `initial = Created` | where the machine begins; required |
/// | the enum | `name = "order"` | its name in records; otherwise the enum's, in `snake_case` |
/// | the enum | `crate = path` | where storyline is, when it is not `::storyline` |
/// | a variant | `#[to(A, B)]` | the states that may follow; itself only if listed |
/// | a variant | `#[terminal]` | none may |
///
/// The table is judged when the program is compiled. A target that is no state, one that is given twice,
/// a state that cannot be reached from the first one, and a state with no way out that is not
/// `#[terminal]` are errors.
///
/// The enum stays yours: variants with data, generics, derives and attributes are as they were, and no
/// bound is asked of what the variants hold. It gets [`Machine`], a constant `MERMAID` with the diagram,
/// and the same diagram in its documentation. `#[cfg]` on a single variant is refused, and so is an edge under a
/// condition, `#[cfg_attr(unix, to(Paid))]`: nobody has looked at the condition yet when the table is judged.
///
/// A plain assignment, `order.state = Order::Paid`, is still possible and logs nothing. Keep the state in
/// a [`Tracked`] to have `transition!` as the only way.
pub use storyline_macros::state_machine;
