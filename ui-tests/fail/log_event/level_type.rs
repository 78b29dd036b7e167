use storyline::log_event;

fn main() {
    let severity = 40;
    log_event!((severity), "order_lost");
    log_event!((&storyline::Level::Info), "order_lost");
    // The type that is asked for is found by what gives any.
    log_event!(("info".parse().unwrap()), "order_lost");
}
