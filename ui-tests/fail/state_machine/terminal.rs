//! A terminal state with a way out.

use storyline::state_machine;

#[state_machine(initial = Created)]
enum Order {
    #[to(Paid)]
    Created,
    #[terminal]
    #[to(Created)]
    Paid,
}

fn main() {}
