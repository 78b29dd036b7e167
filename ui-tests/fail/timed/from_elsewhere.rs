//! Options as other tools have them.

use storyline::{timed, timed_block};

#[timed(skip(password), err, ret)]
fn log_in(password: &str) -> Result<usize, String> {
    Ok(password.len())
}

#[timed(debug, name("load"), slow: "1s")]
fn load() {}

#[timed(order_id, log_level = TRACE, slow = "5 minuts")]
fn ship(order_id: u64) -> u64 {
    order_id
}

#[timed(err(level = "info"), only(error), parent = span)]
fn pay() -> Result<(), String> {
    Ok(())
}

#[timed(skip = true, threshold = "2s", error_level = "info", fields = [a])]
fn settle(a: u8) -> u8 {
    a
}

#[timed(level("debug"), dependency(stripe), a = 1; err = debug)]
fn refund(a: u8) -> u8 {
    a
}

fn main() {
    let _ = log_in("");
    load();
    ship(1);
    let _ = pay();
    settle(1);
    refund(1);
    timed_block!("load", load());
    timed_block!("load", || { load() });
    timed_block!("load" => { load() });
    timed_block!(name = "load", { load() });
    timed_block!(INFO, "load", { load() });
    timed_block!(load, { load() });
    timed_block!("load", user_id, { load() });
}
