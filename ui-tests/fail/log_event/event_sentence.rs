use storyline::log_event;

fn main() {
    let e = "disk full";
    log_event!(ERROR, "could not open {e}");
    storyline::info!("User logged in!");
}
