//! What messages tell people to write is right.

use storyline::{info, log_event};

#[derive(Debug)]
struct Order {
    id: u64,
}

fn main() {
    let (order, order_id, flag) = (Order { id: 7 }, 7, true);
    info!("user_logged", "user {order_id} logged in", order_id);
    info!("order_placed", "order placed", order_id);
    info!(target = "payments", "order_placed", order_id);
    info!(every(10), "order_placed", order_id);
    info!(at_most(5 per 1s), "order_placed", order_id);
    info!(sample(0.01), "order_placed", order_id);
    info!("order_placed", order = ?order, flag = !flag);
    info!("order_placed", order: debug = order, id = order.id);
    info!("order_placed", order: hash = format!("{order:?}"), other: mask(last = 4) = format!("{order:?}"));
    info!("order_placed", order: redact = order);
    info!("order_placed", r#type = order_id, other_type = order_id);
    info!("order_placed", "{order_id:.2} {order:?}");
    log_event!((storyline::Level::Info), "order_placed");
    let password = "hunter2";
    info!("login_tried", password: redact);
    info!("login_tried", password: mask(last = 4));
    info!("login_tried", password: hash);
    info!("login_tried", password: reveal("the password of a demonstration"));
    info!("login_tried", input: redact = password);
}
