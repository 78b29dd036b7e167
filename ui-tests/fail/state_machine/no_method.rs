use storyline::{Fields, info, state_machine};

#[state_machine(initial = Created)]
#[derive(Clone, Debug)]
enum Order {
    #[to(Paid)]
    Created,
    #[terminal]
    Paid,
}

#[derive(Clone, Debug, Fields)]
struct Cart {
    items: u64,
}

// What a type of the user's has not got, no trait of ours is proposed for.
fn main() {
    let order = Order::Created;
    let cart = Cart { items: 1 };
    info!("order_seen", order_id = order.id(), state = order.state(), cart = cart.id());
    order.enter();
    cart.take();
    cart.show();
    cart.feed();
}
