use storyline::log_event;

fn main() {
    let card_number_last = "1111";
    log_event!(INFO, "card_seen", card_number_last, password_prefix = "hun");
}
