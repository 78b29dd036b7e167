use storyline::log_event;

fn main() {
    if false {
        log_event!(TRACE, "order_created", order_id = unknown_variable);
    }
}
