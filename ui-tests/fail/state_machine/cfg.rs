//! A state that is not in every build.

use storyline::state_machine;

#[state_machine(initial = Created)]
enum Order {
    #[to(Paid)]
    Created,
    #[cfg(unix)]
    #[terminal]
    Paid,
}

fn main() {}
