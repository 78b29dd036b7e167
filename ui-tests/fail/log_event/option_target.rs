use storyline::log_event;

fn main() {
    log_event!(INFO, target("db"), "row_read");
    log_event!(INFO, target = "", "row_read");
}
