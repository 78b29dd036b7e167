use storyline::log_event;

fn main() {
    let order_id = 7;
    log_event!(INFO, order_id = 7, "order_created");
    log_event!(INFO, order_id = 7, "order {order_id} was created");
    log_event!(INFO, , "order_created", order_id);
    log_event!(INFO, b"order_created", order_id);
}
