//! Ways to write `#[to(...)]` that are none.

use storyline::state_machine;

#[state_machine(initial = Created)]
enum Order {
    #[to]
    Created,
    #[to()]
    Paid,
    #[to = Created]
    Cancelled,
    #[to(Order::Created)]
    Failed,
    #[to(Paid | Cancelled)]
    Lost,
    #[terminal(Paid)]
    Gone,
    #[to(Created Paid)]
    Found,
}

fn main() {}
