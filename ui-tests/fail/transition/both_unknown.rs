//! A beginning and a target that are no states are one error each.

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

fn main() {
    let mut purchase = Purchase { id: 1, state: Order::Created };
    let _ = transition!(purchase.state: Craeted => Order::Canceled, order_id = purchase.id);
    let _ = purchase.state();
}
