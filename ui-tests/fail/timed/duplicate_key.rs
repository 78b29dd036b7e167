use storyline::timed;

#[timed(fields(id, id = other))]
fn both(id: u8, other: u8) -> u8 {
    id + other
}

fn main() {
    both(1, 2);
}
