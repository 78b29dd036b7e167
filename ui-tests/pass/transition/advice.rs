//! What messages tell people to write is right.

#![deny(warnings)]

use std::cell::RefCell;

use storyline::{IllegalTransition, state_machine, transition};

#[state_machine(initial = Created)]
enum Order {
    #[to(Created, Cancelled)]
    Created,
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

fn main() -> Result<(), IllegalTransition> {
    let mut purchase = Purchase { id: 1, state: Order::Created };
    let order_id = purchase.id;
    let state = purchase.state();
    transition!(state => Order::Created, order_id)?;
    let shared = RefCell::new(Order::Created);
    let mut state = shared.borrow_mut();
    transition!(state => Order::Created)?;
    let mut all = [purchase];
    let index = first();
    transition!(all[index].state: Created => Order::Cancelled)?;
    Ok(())
}
