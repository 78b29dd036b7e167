use storyline::timed;

#[timed(percentiles)]
fn measured() {}

fn main() {
    measured();
}
