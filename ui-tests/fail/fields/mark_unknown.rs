use storyline::Fields;

#[derive(Fields)]
struct Order {
    #[field(redcat)]
    id: u64,
    #[field(json)]
    lines: u64,
    #[field("debug")]
    kind: u64,
}

fn main() {}
