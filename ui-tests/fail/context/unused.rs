#![deny(unused_must_use)]

use storyline::{Context, context_of};

fn main() {
    context_of!(tenant = "acme");
    Context::current();
}
