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
    let first = transition!(*order => Order::Pending { attempt: 1 });
    let second = transition!(*order: Pending => Order::Paid, amount = 5u8, note = "x");
    let third = transition!(tracked: Created => Order::Gone, id = 5u8);
    let fourth = transition!(tracked => Order::Paid);
    return first.and(second).and(third).and(fourth);
}
