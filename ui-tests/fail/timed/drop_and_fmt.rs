use std::fmt;

use storyline::timed;

struct Guard;

impl Drop for Guard {
    #[timed]
    fn drop(&mut self) {}
}

impl fmt::Display for Guard {
    #[timed]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("guard")
    }
}

#[timed]
impl fmt::Debug for Guard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("guard")
    }
}

/// A trait of the same name.
trait Display {
    fn show(&self);
}

#[timed]
impl Display for Guard {
    fn show(&self) {}
}

struct Queue;

impl Queue {
    #[timed]
    fn drop(&self) {}
}

fn main() {
    println!("{Guard} {:?}", Guard);
    Guard.show();
    Queue.drop();
}
