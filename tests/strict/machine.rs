//! State machines.

use storyline::{IllegalTransition, Tracked, state_machine, transition};

/// An order.
#[state_machine(initial = Created)]
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Order {
    /// Nothing happened.
    #[to(Pending, Gone)]
    Created,
    /// Waits.
    #[to(Paid)]
    Pending {
        /// How often.
        attempt: u32,
    },
    /// Done.
    #[terminal]
    Paid,
    /// Going away.
    #[terminal]
    Gone,
}

/// Changes states in every way.
///
/// # Errors
///
/// When it may not.
pub fn step(order: &mut Order, tracked: &mut Tracked<Order>) -> Result<(), IllegalTransition> {
    transition!(*order => Order::Pending { attempt: 1 })?;
    transition!(*order: Pending => Order::Paid, amount = 5_u8, note = "x")?;
    transition!(tracked: Created => Order::Gone, id = 5_u8)?;
    return transition!(tracked => Order::Paid);
}
