use storyline::Fields;

#[derive(Fields)]
struct Order {
    #[field(rename = "")]
    id: u64,
    #[field(rename = "..order")]
    order: u64,
    #[field(rename = "user\u{200b}id")]
    user: u64,
}

fn main() {}
