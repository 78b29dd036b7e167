use storyline::{info, log_event};

fn received(user_id: u64, amount: u64, card: &str, body: &[u8], err: &std::io::Error) {
    log_event!(INFO, "payment_initiated", user_id, amount = 500, provider = "stripe");
    info!("payment_received", "{amount} from {user_id}", card_number: mask(last = 4) = card);
    log_event!(WARNING, "body_rejected", body_len = body.len(), error: error = err);
    log_event!(WARNING, every(3), "disk_slow");
}
