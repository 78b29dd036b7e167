use storyline::Fields;

#[derive(Fields)]
enum Payment {
    Card { number: u64 },
}

#[derive(Fields)]
union Number {
    whole: u64,
}

#[derive(Fields)]
struct Pair(u64, u64);

#[derive(Fields)]
struct Nothing;

fn main() {
    // The mistakes above are all there are.
    storyline::info!("order_paid", ..Pair(1, 2), ..Nothing);
}
