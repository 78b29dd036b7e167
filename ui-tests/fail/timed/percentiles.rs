use storyline::{timed, timed_block};

#[timed(percentiles = true)]
fn with_a_value() {}

#[timed(percentiles(50, 99))]
fn with_shares() {}

#[timed(percentiles, level = DEBUG, percentiles)]
fn twice() {}

#[timed(percentiles = false)]
fn switched_off() {}

#[timed(percentile)]
fn misspelt() {}

#[timed(percentiles)]
fn never() -> ! {
    loop {}
}

fn main() {
    with_a_value();
    with_shares();
    twice();
    switched_off();
    misspelt();
    timed_block!("piece", percentiles = 3, {});
    never();
}
