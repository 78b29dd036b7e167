//! What `#[timed]` adds to a function beside time: bytes of a future, bytes of stack, and nothing to where a
//! debugger looks. The numbers stand in the documentation of `#[timed]`.

mod backtraces;
mod futures;
mod stack;
