//! A tracked state changes through `transition!` alone.

use storyline::{Tracked, state_machine};

#[state_machine(initial = Created)]
enum Order {
    #[to(Paid)]
    Created,
    #[terminal]
    Paid,
}

fn pay(order: &mut Tracked<Order, u64>) {
    **order = Order::Paid;
}

fn main() {
    pay(&mut Tracked::new(7821, Order::Created));
}
