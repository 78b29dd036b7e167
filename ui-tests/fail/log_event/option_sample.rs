use storyline::log_event;

fn main() {
    log_event!(INFO, sample(2.5), "row_read");
    log_event!(INFO, sample, "row_read");
}
