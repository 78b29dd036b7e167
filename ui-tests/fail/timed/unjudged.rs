use storyline::timed;

#[timed(ok_if = is_fine)]
fn never() -> ! {
    std::process::exit(0)
}

fn main() {
    never()
}
