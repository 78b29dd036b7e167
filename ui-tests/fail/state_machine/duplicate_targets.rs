//! A target that is given twice, in one attribute or in two.

use storyline::state_machine;

#[state_machine(initial = Created)]
enum Order {
    #[to(Paid, Paid)]
    Created,
    #[to(Created)]
    #[to(Created)]
    Paid,
}

fn main() {}
