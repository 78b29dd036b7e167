use storyline::log_event;

fn main() {
    let rows = vec![7];
    log_event!(INFO, "row_read", "{rows.len()} rows");
}
