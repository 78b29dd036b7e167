use storyline::log_event;

fn main() {
    let order_id = 7;
    log_event!(INFO, "order_created", &order_id);
}
