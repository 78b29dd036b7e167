//! States that no way leads to, and those that only they lead to: one error for each way that is missing.

use storyline::state_machine;

#[state_machine(initial = Created)]
enum Order {
    #[to(Paid)]
    Created,
    #[terminal]
    Paid,
    #[to(Returned)]
    Refunded,
    #[terminal]
    Returned,
}

#[state_machine(initial = Open)]
enum Ticket {
    #[to(Open)]
    Open,
    #[to(Archived)]
    Closed,
    #[to(Closed)]
    Archived,
    #[to(Closed)]
    Lost,
    #[to(Open)]
    New,
}

fn main() {}
