use storyline::{Fields, info};

#[derive(Fields)]
struct Order {
    id: u64,
    #[field(mask(last = 4))]
    card_number: String,
    #[field(fields)]
    address: Address,
    #[field(skip)]
    note: String,
}

#[derive(Fields)]
struct Address {
    city: String,
}

fn created(order: &Order) {
    info!("order_created", ..order);
    info!("order_paid", order: fields, amount = 500);
}
