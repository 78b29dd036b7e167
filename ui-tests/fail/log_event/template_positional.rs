use storyline::log_event;

fn main() {
    let table = "orders";
    log_event!(INFO, "row_read", "read {} from {0}", table);
}
