use storyline::{IllegalTransition, state_machine, transition};

#[state_machine(initial = Created)]
enum Order {
    #[to(PaymentPending, Cancelled)]
    Created,
    #[to(Paid, PaymentFailed)]
    PaymentPending { attempt: u32 },
    #[to(PaymentPending, Abandoned)]
    PaymentFailed,
    #[terminal]
    Paid,
    #[terminal]
    Cancelled,
    #[terminal]
    Abandoned,
}

fn pay(order: &mut Order) -> Result<(), IllegalTransition> {
    transition!(*order => Order::PaymentPending { attempt: 1 }, order_id = 7)?;
    transition!(*order: PaymentPending => Order::Paid, order_id = 7)
}

fn cancel(order: &mut Order) -> Result<(), IllegalTransition> {
    transition!(*order => Order::Cancelled, order_id = 7)
}
