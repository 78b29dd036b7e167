//! An argument that is gone: the compiler points at it, and has its name where no future is between.

use storyline::timed;

#[timed]
async fn moved(text: String) -> String {
    drop(text);
    text
}

#[timed]
async fn borrowed(text: String) -> usize {
    let part = text.as_str();
    drop(text);
    part.len()
}

#[timed]
async fn unchanged(text: String) {
    text.push('a');
}

#[timed]
fn in_sync(text: String) -> String {
    drop(text);
    text
}

fn main() {
    drop(moved(String::new()));
    drop(borrowed(String::new()));
    drop(unchanged(String::new()));
    in_sync(String::new());
}
