//! The result says whether the step was made.

use storyline::{state_machine, transition};

#[state_machine(initial = Created)]
enum Order {
    #[to(PaymentPending, Cancelled)]
    Created,
    #[to(Paid)]
    PaymentPending { attempt: u32 },
    #[terminal]
    Paid,
    #[terminal]
    Cancelled,
}

struct Purchase {
    id: u64,
    state: Order,
}

impl Purchase {
    fn state(&mut self) -> &mut Order {
        &mut self.state
    }
}

#[deny(unused_must_use)]
fn main() {
    let mut purchase = Purchase { id: 1, state: Order::Created };
    transition!(purchase.state => Order::Cancelled, order_id = purchase.id);
    let _ = purchase.state();
}
