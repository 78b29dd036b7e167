use storyline::info;

fn main() {
    info!("order_paid"; amount = 3);
    info!("order_paid", amount = 3; order_id = 7);
}
