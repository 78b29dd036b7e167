use storyline::log_event;

fn main() {
    let token = 3;
    log_event!(INFO, "parsed", token: reveal, pin: reveal() = 3, otp: reveal("  ") = 3);
}
