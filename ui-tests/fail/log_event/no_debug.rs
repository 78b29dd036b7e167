use storyline::log_event;

struct Order {
    _id: u64,
}

fn main() {
    let order = Order { _id: 7 };
    log_event!(INFO, "order_created", ?order);
}
