//! Tables as other tools write them.

use storyline::state_machine;

#[state_machine(initial = "Created")]
enum Quoted {
    #[to("Paid")]
    Created,
    #[terminal]
    Paid,
}

#[state_machine(start = Created)]
enum Start {
    #[goto(Paid)]
    Created,
    #[end]
    Paid,
}

#[state_machine]
enum Marked {
    #[initial]
    #[to = Paid]
    Created,
    #[terminl]
    Paid,
}

#[state_machine(initial = Created, transitions = [Created => Paid])]
enum Listed {
    #[to(=> Paid)]
    Created,
    #[terminal]
    Paid,
}

fn main() {}
