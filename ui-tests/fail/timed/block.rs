use storyline::timed_block;

fn main() {
    timed_block!({ 1 });
    timed_block!("no_block");
    timed_block!("late", { 1 }, level = INFO);
    timed_block!("db", name = "other", levle = INFO, cancel_level = INFO, { 1 });
    let _: u8 = timed_block!("value", fields(missing), { 1 });
}
