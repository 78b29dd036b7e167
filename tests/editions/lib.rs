//! A user's crate of an older edition, under strict lints: one file, compiled once for each edition.
#![forbid(unsafe_code)]
#![deny(warnings, missing_docs)]

use storyline::{
    context, context_of, debug, log_event, state_machine, timed, timed_block, transition, Fields,
    FutureExt, IllegalTransition, Level, Secret, Tracked,
};

/// Every form of a call.
pub fn calls(order: &(u64, u64), level: Level) -> Option<u8> {
    let (user_id, r#type) = (7, "new");
    log_event!(
        INFO,
        "order_created",
        user_id,
        amount = order.0,
        order.1,
        r#type
    );
    log_event!(
        (level),
        "order_read",
        "{user_id:>4} of {type}: {order:?}",
        done = true
    );
    log_event!(WARNING, at_most(5 per 1s), target = "db", "disk_slow", %user_id, pair: debug = order);
    log_event!(ERROR, once, "order_lost", e: error = std::fmt::Error, "card no" : redact = 3);
    log_event!(INFO, "input_read", input = Some(1_u8)?);
    match user_id {
        7 => debug!("seven_seen"),
        _ => debug!("other_seen", user_id),
    }
    let _context = context!(user_id, step = %1);
    drop(context_of!(tenant = "acme"));
    None
}

/// A future that may go to another thread.
#[expect(
    clippy::manual_async_fn,
    reason = "an async fn could not promise `Send`"
)]
pub fn sent() -> impl std::future::Future<Output = ()> + Send {
    async {
        let text = String::from("x");
        log_event!(INFO, "text_read", %text, again = std::future::ready(1).await, "h": hash = text);
    }
}

/// What is paid.
#[derive(Fields)]
pub struct Payment<'a> {
    /// A word of later editions, and of this one.
    pub r#type: &'a str,
    /// A keyword since 2018, and one since 2024.
    pub r#async: u8,
    /// As above.
    pub gen: u8,
    /// Outlives the others.
    pub kind: &'static str,
    /// In euros.
    #[field(rename = "amount_euro")]
    pub amount: f64,
    /// The end.
    #[field(mask(last = 4))]
    pub card_number: Option<String>,
    /// Never.
    #[field(redact)]
    pub password: Secret<String>,
    /// Another's members.
    #[field(fields)]
    pub more: Option<More>,
}

/// More of it.
#[derive(Clone, Copy, Fields)]
pub struct More {
    /// What it is called.
    pub dyn_name: &'static str,
}

/// An order.
#[state_machine(initial = Created)]
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Order {
    /// Nothing happened.
    #[to(Paid)]
    Created,
    /// Done.
    #[terminal]
    Paid {
        /// When.
        r#try: u8,
    },
}

/// A structure's members, wherever fields may stand.
///
/// # Errors
///
/// When the order is paid.
#[timed(percentiles, dependency = "bank", err(display), fields(..payment, more: fields = payment.more))]
pub fn pays(order: &mut Order, payment: &Payment<'_>) -> Result<u8, IllegalTransition> {
    let _context = context!(..payment, of: fields = payment);
    log_event!(INFO, "payment_seen", "{gen} of {type}", gen = payment.gen, r#type = payment.r#type, ..payment, payment: fields);
    let parsed = timed_block!("count", percentiles, fields(..payment), { payment.r#async });
    transition!(*order => Order::Paid { r#try: parsed }, ..payment)?;
    transition!(*order: Created => Order::Paid { r#try: 2 }, payment: fields)?;
    Ok(parsed)
}

/// The same in a future.
#[timed(start, slow = 1s, fields(..more, r#async))]
pub async fn pays_later(more: More, r#async: u8) -> Result<u8, std::num::ParseIntError> {
    let mut tracked = Tracked::new(u64::from(r#async), Order::Created);
    let moved = transition!(tracked => Order::Paid { r#try: 1 }, ..more).is_ok();
    std::future::ready(()).in_context(context_of!(..more)).await;
    let value: u8 = more.dyn_name.parse()?;
    Ok(value + u8::from(moved))
}

#[cfg(test)]
mod tests {
    #[test]
    fn calls_of_an_older_edition_are_recorded() {
        let captured = storyline::testing::capture(|| {
            super::calls(&(1, 2), storyline::Level::Info);
        });
        captured
            .assert_logged("order_read")
            .with("msg", "   7 of new: (1, 2)");
        captured.assert_count("seven_seen", 1);
    }
    #[test]
    fn structures_of_an_older_edition_are_recorded() {
        let more = super::More { dyn_name: "7" };
        let payment = super::Payment {
            r#type: "card",
            r#async: 3,
            gen: 4,
            kind: "once",
            amount: 1.5,
            card_number: Some("4111111111111234".to_owned()),
            password: storyline::Secret::new("hunter2".to_owned()),
            more: Some(more),
        };
        let mut order = super::Order::Created;
        let captured = storyline::testing::capture(|| {
            assert!(super::pays(&mut order, &payment).is_err());
        });
        captured
            .assert_logged("payment_seen")
            .with("msg", "4 of card")
            .with("async", 3)
            .with("amount_euro", 1.5)
            .with("payment.card_number", "****1234")
            .with("payment.more.dyn_name", "7")
            .with("payment.password", "[redacted]");
        captured.assert_count("state_transition", 1);
        captured.assert_count("illegal_transition", 1);
        captured
            .assert_logged("function_failed")
            .with("more.dyn_name", "7");
        assert_eq!(order, super::Order::Paid { r#try: 3 });
        assert!(!captured.to_string().contains("hunter2"));
    }

    #[test]
    fn a_future_of_an_older_edition_is_recorded() {
        let more = super::More { dyn_name: "7" };
        let captured = storyline::testing::capture(|| {
            let mut future = Box::pin(super::pays_later(more, 3));
            let mut context = std::task::Context::from_waker(std::task::Waker::noop());
            let polled = std::future::Future::poll(future.as_mut(), &mut context);
            assert_eq!(polled, std::task::Poll::Ready(Ok(8)));
        });
        captured
            .assert_logged("function_complete")
            .with("async", 3)
            .with("dyn_name", "7");
        captured.assert_count("function_started", 1);
    }
}
