//! An enum without states.

use storyline::state_machine;

#[state_machine(initial = Created)]
enum Order {}

fn main() {}
