use storyline::Fields;

#[derive(Fields)]
#[repr(C, packed)]
struct Header {
    id: u32,
}

fn main() {}
