use storyline::Fields;

#[derive(Fields)]
struct Order {
    #[field(debug, hash)]
    id: u64,
    #[field(rename = "a")]
    #[field(rename = "b")]
    lines: u64,
    #[field(skip, debug)]
    note: u64,
}

fn main() {}
