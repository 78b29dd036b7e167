use storyline::info;

fn main() {
    let order = 7;
    info!("order_created", ..);
    info!("order_created", ...order);
    info!("order_created", ..?order);
    info!("order_created", ..order: debug);
    info!("order_created", order: fields, order = 3);
    info!("order_created", "..order" = 3);
    info!("order_created", password: fields = order);
    info!("order_created", event: fields = order);
}
