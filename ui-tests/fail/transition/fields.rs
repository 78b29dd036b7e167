//! Reserved keys, keys given twice, names of secrets.

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
    let (from, password) = ("web", "hunter2");
    let _ = transition!(purchase.state => Order::Cancelled, from, level = 3, id = purchase.id, id = 5, password);
    let _ = transition!(purchase.state => Order::Cancelled, in_state_ms = 5, machine = "x", to = 1, expected = 2);
    let _ = purchase.state();
}
