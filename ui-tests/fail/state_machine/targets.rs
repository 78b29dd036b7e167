//! A target that is no state: the nearest name, or all of them.

use storyline::state_machine;

#[state_machine(initial = Created)]
enum Order {
    #[to(PaymentPendin, Shipped)]
    Created,
    #[terminal]
    PaymentPending,
}

fn main() {}
