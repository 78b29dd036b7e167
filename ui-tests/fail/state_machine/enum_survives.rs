//! After a mistake in the table the enum is there, and no `transition!` complains: one error.

use storyline::{Machine, Tracked, state_machine, transition};

#[state_machine(initial = Created)]
#[derive(Debug)]
enum Order {
    #[to(Piad)]
    Created,
    #[terminal]
    Paid { amount: u64 },
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut order = Order::Created;
    transition!(order: Created => Order::Paid { amount: 5 })?;
    transition!(order: Paid => Order::Created)?;
    let mut tracked = Tracked::new(7, order);
    transition!(tracked => Order::Paid { amount: 5 }, amount = 5)?;
    println!("{:?} {} {}", tracked, tracked.state_name(), Order::MERMAID);
    Ok(())
}
