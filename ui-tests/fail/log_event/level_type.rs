use storyline::log_event;

fn main() {
    let severity = 40;
    log_event!((severity), "order_lost");
}
