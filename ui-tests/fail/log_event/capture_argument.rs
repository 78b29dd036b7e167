use storyline::log_event;

fn main() {
    let card = "4111111111111111";
    log_event!(INFO, "card_seen", card: mask);
    log_event!(INFO, "card_seen", card: mask(4));
    log_event!(INFO, "card_seen", card: mask(last = 0));
    log_event!(INFO, "card_seen", card: redact(4));
    log_event!(INFO, "card_seen", card: reveal);
    log_event!(INFO, "card_seen", card: reveal(""));
}
