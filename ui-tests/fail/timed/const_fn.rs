use storyline::timed;

#[timed]
const fn area(side: u32) -> u32 {
    side * side
}

const AREA: u32 = area(2);

fn main() {
    assert_eq!(AREA, 4);
}
