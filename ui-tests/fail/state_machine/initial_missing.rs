//! A machine without a beginning.

use storyline::state_machine;

#[state_machine]
enum Order {
    #[to(Paid)]
    Created,
    #[terminal]
    Paid,
}

fn main() {}
