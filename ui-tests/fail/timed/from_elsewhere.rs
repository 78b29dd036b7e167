//! Options as other tools have them.

use storyline::{timed, timed_block};

#[timed(skip(password), err, ret)]
fn log_in(password: &str) -> Result<usize, String> {
    Ok(password.len())
}

#[timed(debug, name("load"), slow: "1s")]
fn load() {}

#[timed(order_id, log_level = DEBUG, slow = "5 minuts")]
fn ship(order_id: u64) -> u64 {
    order_id
}

#[timed(err(level = "warn"), only(error), parent = span)]
fn pay() -> Result<(), String> {
    Ok(())
}

fn main() {
    let _ = log_in("");
    load();
    ship(1);
    let _ = pay();
    timed_block!("load", load());
    timed_block!("load", || { load() });
    timed_block!("load" => { load() });
    timed_block!(name = "load", { load() });
}
