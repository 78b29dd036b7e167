use storyline::timed;

#[timed(level = INFO, name = "a", level = DEBUG)]
fn twice() {}

fn main() {
    twice();
}
