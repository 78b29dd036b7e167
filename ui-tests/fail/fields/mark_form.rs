use storyline::Fields;

#[derive(Fields)]
#[field(redact)]
struct Order {
    #[field]
    id: u64,
    #[field = "debug"]
    lines: u64,
    #[fields(debug)]
    kind: u64,
    #[field(debug rename = "x")]
    note: u64,
}

#[derive(Fields)]
#[fields(redact)]
struct Line {
    id: u64,
}

fn main() {}
