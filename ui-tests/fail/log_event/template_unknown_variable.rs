use storyline::log_event;

fn main() {
    log_event!(INFO, "row_read", "read {rows} rows");
}
