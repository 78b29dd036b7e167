//! A state as the value of a field: its name is what a record can hold.

use storyline::{Fields, Tracked, context, info, state_machine, timed};

#[state_machine(initial = Created)]
enum Order {
    #[to(Paid)]
    Created,
    #[terminal]
    Paid,
}

#[derive(Fields)]
struct Purchase {
    id: u64,
    state: Order,
}

impl Purchase {
    #[timed(fields(state = self.state))]
    fn ship(&self) {
        info!("order_shipped", order_id = self.id, state = self.state);
        info!("order_seen", "order in {self.state}");
        let _tenant = context!(self.state);
    }
}

fn main() {
    let tracked = Tracked::new(7, Order::Created);
    info!("order_tracked", state = tracked);
    Purchase { id: 1, state: Order::Created }.ship();
}
