use storyline::log_event;

fn main() {
    log_event!(Level::Error, "order_lost");
}
