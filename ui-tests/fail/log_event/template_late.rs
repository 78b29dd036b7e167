use storyline::log_event;

fn main() {
    let rows = 7;
    log_event!(INFO, "row_read", rows, "read {rows} rows");
}
