use storyline::log_event;

fn main() {
    log_event!(INFO, once, once, "row_read");
    log_event!(INFO, target = "a", target = "b", "row_read");
}
