use storyline::{info, timed};

struct Order {
    id: u64,
}

#[timed(fields(..order))]
fn charge(order: &Order) -> u64 {
    order.id
}

fn main() {
    let order = Order { id: 7 };
    info!("order_created", ..order);
    info!("order_created", order: fields);
    info!("order_created", number: fields = 7);
    charge(&order);
}
