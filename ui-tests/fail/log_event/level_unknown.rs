use storyline::log_event;

fn main() {
    log_event!(INOF, "order_created");
    log_event!(FATAL, "order_lost");
    log_event!(info, "order_created");
    log_event!(loud, "order_created");
    log_event!(if true { INFO } else { ERROR }, "order_created");
    log_event!(INFO | ERROR, "order_created");
}
