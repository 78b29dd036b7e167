//! A place that keeps no state, and one whose enum has no attribute, are one error each.

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

enum Plain {
    A,
    B,
}

fn main() {
    let mut purchase = Purchase { id: 1, state: Order::Created };
    let _ = transition!(purchase.id => 5);
    let mut plain = Plain::A;
    let _ = transition!(plain => Plain::B);
    let _ = transition!(plain: A => Plain::B);
    let _ = purchase.state();
}
