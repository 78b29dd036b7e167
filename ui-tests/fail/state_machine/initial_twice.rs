//! A machine with two beginnings.

use storyline::state_machine;

#[state_machine(initial = Created, initial = Paid)]
enum Order {
    #[to(Paid)]
    Created,
    #[terminal]
    Paid,
}

fn main() {}
