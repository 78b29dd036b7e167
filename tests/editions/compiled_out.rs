//! A program with something of every kind that can be left out of a build. `tests/it/compiled_out.rs`
//! builds it with and without `STORYLINE_MAX_LEVEL` and looks into the binary.

use storyline::{context, log_event, timed, timed_block};

#[timed(percentiles, name = "timed_function", fields(timed_field = amount))]
fn charge(amount: u64) -> Result<u64, std::num::ParseIntError> {
    if amount == 0 {
        return "".parse();
    }
    Ok(timed_block!("timed_piece", { amount + 1 }))
}

fn main() {
    let mut setup = storyline::setup("compiled_out");
    if let Some(log) = std::env::args().nth(1) {
        setup = setup.file(log);
    }
    let flush = setup.start();
    let _request = storyline::request_scope("req-1");
    let _context = context!(bound_field = std::process::id());
    log_event!(
        CRITICAL,
        "critical_event",
        "the text of {critical_field}",
        critical_field = 1
    );
    log_event!(INFO, "info_event", info_field = std::process::id());
    let charged = charge(u64::from(std::process::id()));
    let declined = charge(0);
    drop(flush);
    std::process::exit(i32::from(charged.is_err() || declined.is_ok()));
}
