use storyline::log_event;

fn main() {
    log_event!(INFO, every(0), "row_read");
    log_event!(INFO, every, "row_read");
    log_event!(INFO, every("ten"), "row_read");
}
