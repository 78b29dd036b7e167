//! A crate that takes every name the expansion could stumble over.
#![allow(dead_code, non_camel_case_types)]

extern crate storyline as chronicle;

mod storyline {}
mod core {}
mod std {}
mod alloc {}

enum Result {}
enum Option {}
struct Some;
struct None;
struct Ok;
struct Err;
struct String;
struct Level;
struct Site;
struct str;
struct u8;
struct u16;
struct bool;

trait Capture {
    fn capture(&self) {}
    fn is_compiled(&self) {}
    fn wants(&self) {}
    fn pass(&self) {}
}
impl<T> Capture for T {}

fn capture() {}
fn emit() {}

fn main() {
    let __storyline_level = 1;
    let __storyline_held = 2;
    let __storyline_0 = 3;
    chronicle::log_event!(
        INFO, every(2), target = "t", "name_taken", "{__storyline_level:>4.1} {__storyline_held}",
        __storyline_0, %__storyline_held, a = 1, b: redact = 2
    );
    chronicle::log_event!((chronicle::Level::Info), "name_taken", __storyline_level);
    let _context = chronicle::context!(__storyline_0);
}
