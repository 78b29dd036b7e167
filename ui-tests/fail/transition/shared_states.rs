//! Two machines of one program that share a state's name.

use storyline::{state_machine, transition};

#[state_machine(initial = Created)]
enum Order {
    #[to(Paid, Cancelled)]
    Created,
    #[terminal]
    Paid,
    #[terminal]
    Cancelled,
}

#[state_machine(initial = Running)]
enum Job {
    #[to(Done, Cancelled)]
    Running,
    #[terminal]
    Done,
    #[terminal]
    Cancelled,
}

fn main() {
    let mut order = Order::Created;
    let mut job = Job::Running;
    let _ = transition!(order: Paid => Order::Cancelled);
    let _ = transition!(job: Done => Job::Cancelled);
}
