use storyline::log_event;

fn main() {
    let (id, amount) = (7, 8);
    log_event!(INOF, evry(10), "OrderCreated", "{} created", id amount, level = 3, password = "x", f(id));
}
