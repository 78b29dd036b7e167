use storyline::info;

fn main() {
    info!(target: "payments", "order_paid", amount = 3);
}
