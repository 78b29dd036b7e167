use storyline::timed;

struct Store;

#[timed(name = "store", future)]
impl Store {
    fn one(&self) {}

    #[timed(levl = DEBUG)]
    fn two(&self) {}

    #[timed]
    const fn three(&self) {}

    #[timed(skip)]
    fn four(&self) {}
}

fn main() {
    Store.one();
    Store.two();
    Store.three();
    Store.four();
}
