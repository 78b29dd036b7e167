//! What is wrong under a condition is told where it holds, and what stands beside it is not touched.

use storyline::timed;

struct Store;

#[timed(level = DEBUG)]
impl Store {
    #[cfg_attr(all(), timed(levle = INFO))]
    fn told(&self) {}

    #[cfg_attr(any(), timed(levle = INFO))]
    fn not_told(&self) {}

    #[cfg_attr(any(), timed(fields(nothing)))]
    #[cfg_attr(all(), cfg_attr(all(), timed(slow = "5 parsecs")))]
    fn told_once(&self) {}

    #[timed(strat)]
    #[cfg_attr(any(), timed(start))]
    fn plain_beside_a_condition(&self) {}
}

fn main() {
    Store.told();
    Store.not_told();
    Store.told_once();
    Store.plain_beside_a_condition();
}
