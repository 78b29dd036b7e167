use storyline::Fields;

#[derive(Fields)]
struct Order {
    id: u64,
    #[field(rename = "id")]
    number: u64,
}

fn main() {}
