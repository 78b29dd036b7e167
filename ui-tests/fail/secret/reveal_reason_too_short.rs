use storyline::log_event;

fn main() {
    let token = 3;
    log_event!(INFO, "parsed", token: reveal("x"), pin: reveal("harmless") = 3, otp: reveal("a b") = 3);
}
