//! Items that have no variants.

use storyline::state_machine;

#[state_machine(initial = Created)]
struct Order {
    _paid: bool,
}

#[state_machine(initial = Created)]
fn order() {}

fn main() {
    // The items survive.
    let _order = Order { _paid: true };
    order();
}
