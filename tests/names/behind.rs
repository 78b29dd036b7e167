//! A crate that has never heard of storyline, and logs through its company's crate.
#![forbid(unsafe_code)]
#![deny(warnings)]

use facade::storyline::timed;
use facade::{
    Fields, FutureExt, Secret, business_event, context_of, endpoint, entity, log_event, switch,
    timed_block, transition,
};

endpoint! {
    /// Pays.
    pub async fn pay(order_id: u64, mut_free: &str) -> Result<usize, String> {
        if order_id == 0 {
            return Err("no order".to_owned());
        }
        business_event!("order_paid", order_id = order_id + 1, amount = 5,);
        std::future::ready(()).in_context(context_of!(order_id)).await;
        Ok(mut_free.len())
    }
}

endpoint! {
    fn added((a, b) => (u8, u8), _ => u8) -> u8 { a + b }
}

switch! {
    #[derive(Debug, PartialEq)]
    enum Lamp { Off, On }
}

entity! {
    #[derive(Debug)]
    pub(crate) struct Invoice {
        amount: u32,
        #[field(redact)]
        password: Secret<String>,
        #[field(debug)]
        lines: Vec<u8>,
    }
}

#[derive(Fields)]
#[fields(crate = facade::storyline)]
struct Shipment<'a> {
    #[field(fields)]
    invoice: &'a Invoice,
    weight: f32,
}

/// What the structures come to, and a transition that says them.
pub fn ship(amount: u32) -> u64 {
    let invoice = Invoice {
        id: 7,
        amount,
        password: Secret::new("hunter2".to_owned()),
        lines: vec![1],
    };
    let shipment = Shipment {
        invoice: &invoice,
        weight: 1.5,
    };
    let mut lamp = Lamp::Off;
    log_event!(INFO, "order_shipped", ..shipment, last: fields = invoice);
    let moved = transition!(lamp => Lamp::On, ..invoice).is_ok();
    invoice.load() + u64::from(moved)
}

#[timed(crate = facade::storyline, fields(self.count))]
impl Counter {
    fn count(&mut self) -> u8 {
        self.count += 1;
        timed_block!("inside", { self.count })
    }
}

struct Counter {
    count: u8,
}

/// Everything once; gives what came of it.
pub fn run(text: &str) -> (Result<usize, String>, u8, u8, bool) {
    let mut lamp = Lamp::Off;
    let moved = transition!(lamp => Lamp::On).is_ok() && transition!(lamp: On => Lamp::Off).is_ok();
    let mut paid = Box::pin(pay(text.len() as u64, text));
    let mut waker = std::task::Context::from_waker(std::task::Waker::noop());
    let paid = match std::future::Future::poll(paid.as_mut(), &mut waker) {
        std::task::Poll::Ready(paid) => paid,
        std::task::Poll::Pending => Err("waits".to_owned()),
    };
    (
        paid,
        added((1, 2), 3),
        Counter { count: 4 }.count(),
        moved && lamp == Lamp::Off,
    )
}
