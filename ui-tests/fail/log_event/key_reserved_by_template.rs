use storyline::log_event;

fn main() {
    log_event!(INFO, "worker_started", "a text", msg = "another");
}
