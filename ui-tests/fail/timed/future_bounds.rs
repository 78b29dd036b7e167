use std::fmt::Debug;
use std::future::{Future, Ready, ready};

use storyline::timed;

#[timed]
fn shown() -> impl Future<Output = u8> + Send + Debug {
    ready(1)
}

fn main() {
    let _: Option<Ready<u8>> = None;
    println!("{:?}", shown());
}
