//! Beside `#[async_trait]`, in either order.

use storyline::testing::capture;
use storyline::timed;

use super::drive;
use crate::ledger::text;
use crate::timed::{Declined, now, yield_once};

#[async_trait::async_trait]
trait Gateway {
    async fn charge(&self, amount: u64) -> Result<u64, Declined>;
    async fn refund(&self, amount: u64) -> Result<u64, Declined>;
}

struct Stripe {
    limit: u64,
}

#[async_trait::async_trait]
impl Gateway for Stripe {
    #[timed(fields(amount, self.limit))]
    async fn charge(&self, amount: u64) -> Result<u64, Declined> {
        yield_once().await;
        if amount > self.limit {
            return Err(Declined::new("limit"));
        }
        Ok(amount)
    }

    async fn refund(&self, amount: u64) -> Result<u64, Declined> {
        Ok(amount)
    }
}

struct Other {
    limit: u64,
}

#[timed(dependency = "other")]
#[async_trait::async_trait]
impl Gateway for Other {
    async fn charge(&self, amount: u64) -> Result<u64, Declined> {
        yield_once().await;
        if amount > self.limit {
            Err(Declined::new("limit"))?;
        }
        Ok(amount)
    }

    #[timed(skip)]
    async fn refund(&self, amount: u64) -> Result<u64, Declined> {
        Ok(amount)
    }
}

#[test]
fn async_trait_in_either_order() {
    let gateways: [Box<dyn Gateway>; 2] =
        [Box::new(Stripe { limit: 5 }), Box::new(Other { limit: 5 })];
    for gateway in &gateways {
        let logged = capture(|| {
            drive(gateway.charge(5));
            drive(gateway.charge(6));
            assert!(now(gateway.refund(1)).is_ok());
        });
        let outcomes: Vec<&str> = logged.iter().map(|it| text(it, "outcome")).collect();
        assert_eq!(outcomes, ["ok", "err"]);
        assert!(logged.iter().all(|it| text(it, "name") == "charge"));
        assert_eq!(
            logged[0].field("polls"),
            Some(&storyline::ValueBuf::UInt(2))
        );
    }
}
