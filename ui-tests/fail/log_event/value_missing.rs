use storyline::log_event;

fn main() {
    log_event!(INFO, "order_created", order_id =);
    log_event!(INFO, "order_created", order_id = %, amount = 1 +);
    log_event!(INFO, "order_created", "order id");
}
