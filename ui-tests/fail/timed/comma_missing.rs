use storyline::{timed, timed_block};

#[timed(level = DEBUG name = "load_order")]
fn options() {}

#[timed(only(err slow))]
fn words() -> Result<(), String> {
    Ok(())
}

fn main() {
    options();
    let _ = words();
    timed_block!("short" { 1 });
    timed_block!("long" {
        let total = 1 + 1;
        println!("{total}");
    });
}
