//! A state that no way leads to, and one that only it leads to.

use storyline::state_machine;

#[state_machine(initial = Created)]
enum Order {
    #[to(Paid)]
    Created,
    #[terminal]
    Paid,
    #[to(Returned)]
    Refunded,
    #[terminal]
    Returned,
}

fn main() {}
