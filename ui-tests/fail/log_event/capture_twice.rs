use storyline::log_event;

fn main() {
    let order = 7;
    log_event!(INFO, "order_created", order: debug = %order, %order: debug, %amount = order);
}
