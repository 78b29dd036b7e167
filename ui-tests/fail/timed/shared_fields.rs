#![allow(unused_variables)]

use storyline::timed;

struct Shop;

// Of two, of none, of all.
#[timed(fields(order_id, self.shelf, shop_id, amount))]
impl Shop {
    fn charge(&self, order_id: u64, amount: u64) {}
    fn refund(order_id: u64, amount: u64) {}
    fn close(amount: u64) {}
    fn open(amount: u64) {}

    // These say themselves what they record, or that they do not.
    #[timed(fields(reason))]
    fn cancel(reason: &str) {}
    #[timed(skip)]
    fn count() {}
    const fn size() {}
}

// Judged once, whoever records them.
#[timed(fields(level = 3, password, id, id, total = self.total))]
mod orders {
    pub fn charge(id: u64, password: u64) {}
    pub fn refund(id: u64, password: u64) {}

    pub struct Cart;

    // Another list, for these alone.
    #[timed(fields(cart_di))]
    impl Cart {
        fn fill(cart_id: u64) {}
    }

    impl Cart {
        fn empty() {}
    }
}

fn main() {}
