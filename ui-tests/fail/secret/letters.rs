use storyline::log_event;

fn main() {
    log_event!(INFO, "login_tried", "user\u{200b}name" = 1, "p\u{430}ssword" = 2, "\u{202e}drow" = 3);
}
