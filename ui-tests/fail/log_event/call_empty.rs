use storyline::log_event;

fn main() {
    log_event!();
    log_event!(INFO);
    storyline::info!();
}
