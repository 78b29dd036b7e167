use storyline::log_event;

fn main() {
    log_event!("order_created", order_id = 7);
}
