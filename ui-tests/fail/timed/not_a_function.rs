use storyline::timed;

#[timed]
struct Order {
    id: u64,
}

#[timed]
enum State {
    Open,
}

fn main() {
    let order = Order { id: 1 };
    let _ = (order.id, State::Open);
}
