use storyline::log_event;

#[derive(storyline::Fields)]
struct Board {
    #[field(reveal = "<reason>")]
    pin: u8,
}

fn main() {
    let token = 3;
    log_event!(INFO, "parsed", token: reveal("<reason>"), pin: reveal("why this is not a secret") = 3, otp: reveal("TODO: a reason") = 3);
}
