use storyline::timed;

// Three mistakes, three errors, and the function is still there.
#[timed(level = INFOO, slow = "5 parsecs", fields(amuont))]
fn charge(amount: u64) -> u64 {
    amount
}

fn main() {
    charge(1);
}
