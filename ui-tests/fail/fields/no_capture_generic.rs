use storyline::Fields;

#[derive(Fields)]
struct Cart<T> {
    id: u64,
    item: T,
}

struct Opaque;

fn main() {
    let cart = Cart { id: 7, item: Opaque };
    storyline::info!("cart_seen", ..cart);
}
