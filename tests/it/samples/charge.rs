use storyline::timed;

#[timed(fields(user_id, amount), dependency = "stripe", slow = "50ms")]
async fn charge(user_id: u64, amount: u64) -> Result<u64, std::io::Error> {
    ask_the_gateway(user_id, amount).await
}

/// Stands for one that is not always well.
async fn ask_the_gateway(user_id: u64, amount: u64) -> Result<u64, std::io::Error> {
    match amount {
        0 => panic!("nothing to charge"),
        1..=99 => Ok(user_id),
        100..=999 => {
            std::thread::sleep(std::time::Duration::from_millis(60));
            Ok(user_id)
        }
        1_000..=9_999 => Err(std::io::Error::other("no answer within 400 ms")),
        _ => std::future::pending().await,
    }
}
