use storyline::timed;

#[timed(fields(duration_ms, name, level))]
fn reserved(duration_ms: u8, name: u8, level: u8) -> u8 {
    duration_ms + name + level
}

fn main() {
    reserved(1, 2, 3);
}
