//! An unsafe function stays one, and its body keeps the context it had.

#![deny(warnings)]

use storyline::timed;

/// # Safety
///
/// `value` is valid.
#[timed]
pub unsafe fn read(value: *const u8) -> u8 {
    unsafe { *value }
}

#[timed]
#[unsafe(no_mangle)]
pub extern "C" fn storyline_ui_exported(value: u8) -> u8 {
    value
}

fn main() {
    let function: unsafe fn(*const u8) -> u8 = read;
    let value = 5;
    assert_eq!(unsafe { function(&value) }, 5);
    assert_eq!(storyline_ui_exported(4), 4);
}
