use storyline::{log_event, timed};

#[timed(fields(user_id, amount), dependency = "stripe", slow = "500ms")]
fn charge(user_id: u64, amount: u64) -> Result<u64, std::io::Error> {
    if amount > 1000 { Err(std::io::Error::other("card declined")) } else { Ok(user_id) }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let _flush = storyline::setup("payment-service").console().file("logs/payment.log").start()?;
    let _request = storyline::request_scope("req-42");
    log_event!(INFO, "payment_initiated", user_id = 7821, amount = 500);
    charge(7821, 500)?;
    Ok(())
}
