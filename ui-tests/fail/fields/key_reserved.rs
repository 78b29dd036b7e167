use storyline::Fields;

#[derive(Fields)]
struct Worker {
    pid: u32,
    #[field(rename = "thread.name")]
    name: String,
}

fn main() {}
