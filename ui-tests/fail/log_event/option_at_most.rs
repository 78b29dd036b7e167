use storyline::log_event;

fn main() {
    log_event!(INFO, at_most(5), "row_read");
    log_event!(INFO, at_most(5 in 1s), "row_read");
    log_event!(INFO, at_most(5 per 1sec), "row_read");
    log_event!(INFO, at_most(5 per 100), "row_read");
}
