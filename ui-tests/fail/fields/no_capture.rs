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
    #[field(debug)]
    debugged: Opaque,
    #[field(serde)]
    kept: Opaque,
    #[field(error)]
    cause: Opaque,
    #[field(mask(last = 4))]
    masked: f64,
    #[field(reveal = "words of a test")]
    pin: Opaque,
}

fn main() {}
