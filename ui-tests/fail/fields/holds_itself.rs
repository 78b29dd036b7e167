use storyline::Fields;

#[derive(Debug, Fields)]
struct Node {
    id: u64,
    #[field(fields)]
    next: Option<Box<Node>>,
    #[field(fields)]
    root: &'static Self,
    #[field(debug)]
    children: Vec<Node>,
}

mod other {
    #[derive(storyline::Fields)]
    pub struct Leaf {
        pub id: u64,
    }
}

#[derive(Fields)]
struct Leaf {
    #[field(fields)]
    inner: other::Leaf,
}

fn main() {
    let inner = other::Leaf { id: 7 };
    storyline::info!("leaf_seen", ..Leaf { inner });
}
