//! Methods under `#[async_trait]`, which rewrites them, too.

use async_trait::async_trait;
use storyline::timed;

use crate::trace::{drive, yield_once, Trace};

#[async_trait]
trait Gateway: Send + Sync {
    async fn charge(&mut self, amount: u64) -> Result<u64, String>;

    #[timed]
    async fn provided(&self, text: &str) -> usize {
        yield_once().await;
        text.len()
    }

    async fn by_value(self: Box<Self>) -> u64;
}

struct Stripe {
    charged: u64,
}

#[async_trait]
impl Gateway for Stripe {
    #[timed]
    async fn charge(&mut self, amount: u64) -> Result<u64, String> {
        yield_once().await;
        if amount == 0 {
            return Err("nothing".to_owned());
        }
        self.charged += amount;
        Ok(self.charged)
    }

    #[timed]
    async fn by_value(self: Box<Self>) -> u64 {
        self.charged
    }
}

struct Other<T>(T);

#[timed]
#[async_trait]
impl<T: Into<u64> + Copy + Send + Sync> Gateway for Other<T> {
    async fn charge(&mut self, amount: u64) -> Result<u64, String> {
        yield_once().await;
        let amount = amount.checked_sub(1).ok_or("nothing")?;
        Ok(self.0.into() + amount)
    }

    async fn by_value(self: Box<Self>) -> u64 {
        self.0.into()
    }
}

#[async_trait(?Send)]
trait Local {
    #[timed]
    async fn local(&self, text: &str) -> usize {
        let text = std::rc::Rc::new(text.to_owned());
        yield_once().await;
        text.len()
    }
}

#[async_trait(?Send)]
impl Local for Counter {}

struct Counter;

pub(crate) fn run(t: &mut Trace) {
    let mut gateways: Vec<Box<dyn Gateway>> =
        vec![Box::new(Stripe { charged: 0 }), Box::new(Other(5_u32))];
    for gateway in &mut gateways {
        t.add(
            "charge",
            (drive(gateway.charge(5)), drive(gateway.charge(0))),
        );
        t.add("provided", drive(gateway.provided("abc")));
    }
    for gateway in gateways {
        t.add("value", drive(gateway.by_value()));
    }
    t.add("local", drive(Counter.local("abc")));
}
