//! What is no place.

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
    let _ = transition!(&mut purchase.state => Order::Cancelled);
    let _ = transition!(5 => Order::Cancelled);
    let _ = transition!(Order::Created => Order::Cancelled);
    let _ = transition!(if true { purchase.state } else { purchase.state } => Order::Cancelled);
    let _ = (purchase.id, purchase.state());
}
