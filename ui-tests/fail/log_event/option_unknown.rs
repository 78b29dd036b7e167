use storyline::log_event;

fn main() {
    log_event!(INFO, evry(10), "row_read");
    log_event!(INFO, onec, "row_read");
    log_event!(INFO, throttle(10), "row_read");
}
