use storyline::log_event;

fn main() {
    let error = "disk full";
    log_event!(INFO, "row_lost", "{error:?}", error = error);
}
