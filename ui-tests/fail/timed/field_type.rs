use storyline::timed;

struct Order;

#[timed(fields(order))]
fn ship(order: &Order) -> &Order {
    order
}

fn main() {
    ship(&Order);
}
