//! A place that calls something, and an index that does.

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

fn first() -> usize {
    0
}

fn main() {
    let mut purchase = Purchase { id: 1, state: Order::Created };
    let _ = transition!(purchase.state() => Order::Cancelled, order_id = purchase.id);
    let _ = transition!(*purchase.state() => Order::Cancelled);
    let shared = std::cell::RefCell::new(Order::Created);
    let _ = transition!(*shared.borrow_mut() => Order::Cancelled);
    let mut all = [purchase];
    let _ = transition!(all[first()].state => Order::Cancelled);
}
