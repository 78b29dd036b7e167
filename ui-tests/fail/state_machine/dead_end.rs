//! A state that says nothing about what follows.

use storyline::state_machine;

#[state_machine(initial = Created)]
enum Order {
    #[to(Paid)]
    Created,
    Paid,
}

fn main() {}
