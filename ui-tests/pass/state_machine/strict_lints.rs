//! The expansion adds nothing that a strict crate complains about.

#![forbid(unsafe_code)]
#![deny(
    missing_docs,
    missing_debug_implementations,
    missing_copy_implementations,
    unreachable_pub,
    unnameable_types,
    single_use_lifetimes,
    unused_qualifications,
    unused_results,
    variant_size_differences,
    dead_code,
    nonstandard_style,
    rust_2018_idioms,
    future_incompatible,
    let_underscore_drop,
    trivial_casts,
    non_local_definitions,
    unused,
    warnings
)]

use storyline::{IllegalTransition, Tracked, state_machine, transition};

/// An order.
#[state_machine(initial = Created)]
#[derive(Debug, Clone, Copy)]
pub enum Order {
    /// Nothing happened.
    #[to(Paid)]
    Created,
    /// Done.
    #[to(Gone)]
    Paid,
    /// Going away.
    #[terminal]
    #[deprecated]
    Gone,
}

#[state_machine(initial = Off)]
enum Lamp {
    #[to(On)]
    Off,
    #[to(Off)]
    On,
}

/// Changes states in every way.
///
/// # Errors
///
/// When it may not.
pub fn step(order: &mut Order, tracked: &mut Tracked<Order>) -> Result<(), IllegalTransition> {
    transition!(order => Order::Paid)?;
    transition!(*order: Created => Order::Paid, amount = 5, note = "x")?;
    transition!(tracked: Created => Order::Paid, id = 5)?;
    transition!(tracked => Order::Paid)
}

fn main() {
    let mut order = Order::Created;
    let mut tracked = Tracked::new(1, order);
    let _refused = step(&mut order, &mut tracked);
    let mut lamp = Lamp::Off;
    match transition!(lamp => Lamp::On) {
        Ok(()) => {}
        Err(error) => panic!("{error}"),
    }
    if let Lamp::Off = lamp {
        panic!("it is on");
    }
}
