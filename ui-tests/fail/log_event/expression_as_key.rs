use storyline::log_event;

fn main() {
    let order = vec![7];
    log_event!(INFO, "order_created", order.len());
    log_event!(INFO, "order_created", order[0] + 1);
    log_event!(INFO, "order_created", %order.first().unwrap());
    log_event!(INFO, "order_created", 42);
}
