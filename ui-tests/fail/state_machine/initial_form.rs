//! A beginning that is written in another way.

use storyline::state_machine;

#[state_machine(Created)]
enum Order {
    #[to(Paid)]
    Created,
    #[terminal]
    Paid,
}

#[state_machine(initial = Lamp::On)]
enum Lamp {
    #[to(Off)]
    On,
    #[to(On)]
    Off,
}

#[state_machine(initial)]
enum Door {
    #[to(Closed)]
    Open,
    #[to(Open)]
    Closed,
}

fn main() {}
