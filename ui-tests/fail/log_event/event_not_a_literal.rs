use storyline::log_event;

fn main() {
    const NAME: &str = "order_created";
    log_event!(INFO, NAME, order_id = 7);
    log_event!(INFO, format!("order_{}", 7));
}
