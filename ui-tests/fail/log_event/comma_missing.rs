use storyline::log_event;

fn main() {
    let (order_id, amount) = (7, 8);
    log_event!(INFO "order_created");
    log_event!(INFO, "order_created" order_id);
    log_event!(INFO, "order_created", order_id amount);
    log_event!(INFO, "order_created", order_id = 7 amount = 8);
}
