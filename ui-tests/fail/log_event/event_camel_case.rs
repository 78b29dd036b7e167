use storyline::log_event;

fn main() {
    log_event!(ERROR, "PaymentFailed");
    log_event!(ERROR, "payment-failed");
}
