use storyline::log_event;

fn main() {
    let pid = 7;
    log_event!(INFO, "worker_started", pid, level = 3, "thread.name" = "main", suppressed = 1);
}
