use storyline::Fields;

struct Opaque;

#[derive(Fields)]
struct Order {
    id: u64,
    raw: Opaque,
    #[field(display)]
    shown: Opaque,
    #[field(fields)]
    inner: Opaque,
    #[field(hash)]
    hashed: f64,
    #[field(reveal = "words of a test")]
    pin: Opaque,
}

fn main() {}
