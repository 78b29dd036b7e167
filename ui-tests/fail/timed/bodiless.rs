use storyline::timed;

trait Gateway {
    #[timed]
    fn charge(&self);
}

struct Stripe;

impl Gateway for Stripe {
    fn charge(&self) {}
}

fn main() {
    Stripe.charge();
}
