//! What is off costs nothing: no field is evaluated, from the first call on. A process of its own,
//! since a capture anywhere in a process switches every site on.

use std::sync::atomic::{AtomicU32, Ordering};

use storyline::{timed, timed_block};

static EVALUATED: AtomicU32 = AtomicU32::new(0);

fn counted() -> u32 {
    EVALUATED.fetch_add(1, Ordering::Relaxed)
}

#[timed(level = TRACE, only(slow), slow = 10m, slow_level = TRACE, fields(n = counted()))]
fn silent() -> u8 {
    7
}

// A success is silent, an error is not, so the fields are taken.
#[timed(fields(n = counted()))]
fn wanted() -> Result<(), u8> {
    Ok(())
}

fn main() {
    assert_eq!(silent(), 7);
    let block = timed_block!("b", level = TRACE, err_level = TRACE, panic_level = TRACE, fields(n = counted()), { 8 });
    assert_eq!(block, 8);
    assert_eq!(EVALUATED.load(Ordering::Relaxed), 0);
    assert!(wanted().is_ok());
    assert_eq!(EVALUATED.load(Ordering::Relaxed), 1);
}
