use storyline::{timed, timed_block};

// The compiler's own errors stand at the user's lines.
#[timed]
fn sync() -> u8 {
    "text"
}

#[timed]
async fn asynchronous() -> u8 {
    "text"
}

#[timed]
fn nothing_returned() -> Result<u8, ()> {}

#[timed]
async fn early(text: &str) -> Result<u8, std::num::ParseIntError> {
    if text.is_empty() {
        return 5;
    }
    Ok(text.parse()?)
}

fn main() {
    sync();
    drop(asynchronous());
    let _ = nothing_returned();
    drop(early(""));
    let _: u8 = timed_block!("block", { "text" });
}
