//! Ways to write the arrow that are none.

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
    let _ = transition!();
    let _ = transition!(purchase.state);
    let _ = transition!(purchase.state, Order::Cancelled);
    let _ = transition!(purchase.state -> Order::Cancelled);
    let _ = transition!(purchase.state = Order::Cancelled);
    let _ = transition!(purchase.state =>);
    let _ = transition!(=> Order::Cancelled);
    let _ = transition!(purchase.state => Order::Cancelled order_id = purchase.id);
    let _ = transition!(purchase.state: Created);
    let _ = transition!(purchase.state Created => Order::Cancelled);
    let _ = transition!(purchase.state => => Order::Cancelled);
    let _ = transition!(purchase.state => Order::Created => Order::Cancelled);
    let _ = purchase.state();
}
