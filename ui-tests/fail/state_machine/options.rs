//! Options that do not exist, are given twice, or have a value of another kind.

use storyline::state_machine;

#[state_machine(initial = Created, nmae = "order")]
enum Order {
    #[terminal]
    Created,
}

#[state_machine(initial = Created, name = "a", name = "b")]
enum Twice {
    #[terminal]
    Created,
}

#[state_machine(initial = Created, name = Order)]
enum NoString {
    #[terminal]
    Created,
}

#[state_machine(initial = Created, name = "My order")]
enum Spaces {
    #[terminal]
    Created,
}

#[state_machine(initial = Created name = "order")]
enum Comma {
    #[terminal]
    Created,
}

fn main() {}
