use storyline::log_event;

fn main() {
    let card_number = "4111111111111111";
    log_event!(INFO, "card_seen", card_number, cvv = 123, pin = 1234);
}
