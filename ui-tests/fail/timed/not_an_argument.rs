use storyline::timed;

#[timed(fields(user_di, LIMIT, self.id))]
fn charge(user_id: u64) -> u64 {
    user_id
}

const LIMIT: u64 = 5;

fn main() {
    charge(LIMIT);
}
