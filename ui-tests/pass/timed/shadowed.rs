//! Names of the prelude mean something else here, and the crate has another path.

#![deny(warnings)]
#![forbid(unsafe_code)]
#![allow(dead_code, non_camel_case_types)]

mod facade {
    pub use ::storyline;
    pub use ::storyline::timed_block;
}

struct Result;
struct Option;
enum Shadow {
    Ok,
    Err,
    Some,
    None,
}
use Shadow::{Err, None, Ok, Some};

mod core {}
mod std {}
mod alloc {}
mod storyline {}

type Outcome<T> = ::core::result::Result<T, ::std::num::ParseIntError>;

#[::storyline::timed(crate = crate::facade::storyline, fields(text))]
fn parse(text: &str) -> Outcome<u8> {
    let _ = (Ok, Err, Some, None);
    text.parse()
}

#[::storyline::timed(crate = crate::facade::storyline, slow = 1s, start)]
async fn parse_async(text: &str) -> Outcome<u8> {
    text.parse()
}

fn main() {
    assert!(parse("1").is_ok());
    drop(parse_async("1"));
    let value = facade::timed_block!("block", { 5 });
    assert_eq!(value, 5);
}
