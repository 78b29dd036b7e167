//! A tracked state changes through `transition!` alone.

use storyline::{Tracked, state_machine};

#[state_machine(initial = Created)]
enum Order {
    #[to(Paid)]
    Created,
    #[terminal]
    Paid,
}

fn main() {
    let mut order = Tracked::new(7821, Order::Created);
    *order = Order::Paid;
}
