//! Three mistakes are three errors, each at its own word.

use storyline::state_machine;

#[state_machine(initial = Created, color = "red")]
enum Order {
    #[to(Paid, Paid)]
    Created,
    #[to(Craeted)]
    Paid,
}

fn main() {}
