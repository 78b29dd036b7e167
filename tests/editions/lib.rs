//! A user's crate of an older edition, under strict lints: one file, compiled once for each edition.
#![forbid(unsafe_code)]
#![deny(warnings, missing_docs)]

use storyline::{context, context_of, debug, log_event, Level};

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
}
