//! A beginning that is no state.

use storyline::state_machine;

#[state_machine(initial = Craeted)]
enum Order {
    #[to(Paid)]
    Created,
    #[terminal]
    Paid,
}

fn main() {}
