//! Calls as other tools write them.

use storyline::{error, info, log_event, warn};

fn main() {
    let (user, order_id, e) = ("ann", 7, "disk full");
    info!("user {} has logged in", user);
    info!(user = %user, order_id, "order placed");
    info!(name: "order_placed", order_id = 7);
    info!("order_placed"; "user" => user);
    info!("order_placed", "user" => user);
    info!("order_placed", user: user);
    warn!(target: "payments", "order_late", order_id);
    error!(?e, "order_lost");
    log_event!(level = ERROR, "order_lost", order_id);
    log_event!(40, "order_lost", order_id);
    info!("order_placed", every(10), order_id);
    info!(every = 10, "order_placed", order_id);
    info!("order_placed", { order_id: 7 });
    info!("order_placed", order_id == 7);
    info!("order_placed", "{user:s} has {%order_id}");
}
