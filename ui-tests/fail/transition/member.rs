//! The structure around the member that keeps the state.

use storyline::{state_machine, transition};

#[state_machine(initial = Created)]
enum Order {
    #[to(Paid)]
    Created,
    #[terminal]
    Paid,
}

struct Purchase {
    id: u64,
    state: Order,
}

impl Purchase {
    fn pay(&mut self) {
        let _ = transition!(self => Order::Paid, id = self.id);
    }

    fn pay_for_sure(&mut self) {
        let _ = transition!(self: Created => Order::Paid);
    }
}

fn main() {
    let mut purchase = Purchase { id: 1, state: Order::Created };
    let _ = transition!(purchase => Order::Paid);
    let borrowed = &mut purchase;
    let _ = transition!(borrowed => Order::Paid);
    let _ = borrowed.state;
}
