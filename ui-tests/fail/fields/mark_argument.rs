use storyline::Fields;

#[derive(Fields)]
struct Order {
    #[field(debug = 1)]
    id: u64,
    #[field(mask)]
    lines: u64,
    #[field(rename)]
    kind: u64,
    #[field(reveal)]
    note: u64,
    #[field(reveal = "no")]
    pin: u64,
}

fn main() {}
