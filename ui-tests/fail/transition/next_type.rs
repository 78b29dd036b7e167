//! A next state of another type.

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

enum Lamp {
    On,
    Off,
}

fn main() {
    let mut purchase = Purchase { id: 1, state: Order::Created };
    let _ = transition!(purchase.state => Some(Order::Cancelled), order_id = purchase.id);
    let _ = transition!(purchase.state => "cancelled");
    let _ = transition!(purchase.state: On => Lamp::Off);
    let _ = purchase.state();
}
