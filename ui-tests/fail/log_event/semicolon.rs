use storyline::info;

fn main() {
    info!("order_paid"; amount = 3);
    info!("order_paid", amount = 3; order_id = 7);
    info!(every(10); "order_paid"; amount = ; password = "x");
    info!("order_paid"; ; amount = 3);
}
