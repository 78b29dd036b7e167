use storyline::{Fields, info};

#[derive(Fields)]
struct Order {
    id: u64,
}

fn main() {
    let order = Order { id: 7 };
    info!("order_created", "created {order}", order: fields);
    info!("order_created", "created {id}", ..order);
}
