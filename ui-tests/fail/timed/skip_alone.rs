use storyline::timed;

#[timed(skip)]
fn alone() {}

fn main() {
    alone();
}
