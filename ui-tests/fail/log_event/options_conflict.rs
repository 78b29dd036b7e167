use storyline::log_event;

fn main() {
    log_event!(INFO, every(10), sample(0.1), "row_read");
}
