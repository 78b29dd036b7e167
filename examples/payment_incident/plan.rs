//! The incident, written down beforehand: what each customer does and how the bank behaves towards
//! each attempt. Everything follows from the seed, so a seed always gives the same incident.

use std::time::Duration;

/// How many requests, and which incident.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    pub seed: u64,
    pub requests: u64,
}

/// How the bank behind the gateway is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    Healthy,
    Degraded,
    Recovering,
}

/// What becomes of one attempt to charge.
#[derive(Clone, Copy, Debug)]
pub struct Fate {
    pub delay: Duration,
    pub verdict: Verdict,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Approve,
    Decline(&'static str),
    Overloaded,
}

/// What one customer sends, and for how long they wait.
#[derive(Clone, Debug)]
pub struct Customer {
    pub request_id: Option<String>,
    pub user_id: u64,
    pub amount: u64,
    pub installments: u64,
    pub card_number: String,
    pub patience: Duration,
}

/// Longer than the payment service waits for the gateway.
const HANGING: Duration = Duration::from_millis(900);

/// Customers who are in a hurry leave while the bank still thinks.
const HURRIED: Duration = Duration::from_millis(150);

impl Plan {
    /// The bank degrades after two fifths of the orders and recovers after three quarters.
    pub fn phase(self, order_id: u64) -> Phase {
        match self.percent(order_id) {
            0..40 => Phase::Healthy,
            40..75 => Phase::Degraded,
            _ => Phase::Recovering,
        }
    }

    /// What becomes of an attempt.
    pub fn fate(self, order_id: u64, attempt: u64) -> Fate {
        let mut dice = Dice::new(self.seed, &[order_id, attempt]);
        if self.is_hurried(order_id) || self.is_doomed(order_id) {
            return Fate {
                delay: HANGING,
                verdict: Verdict::Approve,
            };
        }
        let chance = dice.below(100);
        match self.phase(order_id) {
            Phase::Degraded => match chance {
                0..25 => Fate {
                    delay: HANGING,
                    verdict: Verdict::Approve,
                },
                25..55 => dice.fate(180..330, Verdict::Approve),
                55..63 => dice.fate(20..60, Verdict::Overloaded),
                63..72 => dice.fate(30..90, Verdict::Decline("insufficient_funds")),
                _ => dice.fate(20..90, Verdict::Approve),
            },
            Phase::Healthy | Phase::Recovering => match chance {
                0..4 => dice.fate(10..40, Verdict::Decline("card_expired")),
                _ => dice.fate(8..45, Verdict::Approve),
            },
        }
    }

    /// What a customer does.
    pub fn customer(self, order_id: u64) -> Customer {
        let mut dice = Dice::new(self.seed, &[order_id]);
        let request_id = if self.is_at(order_id, 20) {
            // A client with a bug: longer than an id may be.
            Some("w".repeat(4_000))
        } else if dice.below(3) > 0 {
            Some(format!("web-{order_id:04}"))
        } else {
            None
        };
        Customer {
            request_id,
            user_id: 7_000 + dice.below(900),
            // One customer orders nothing.
            amount: if self.is_at(order_id, 33) {
                0
            } else {
                5 + dice.below(2_000)
            },
            // One app sends a number nobody thought of.
            installments: if self.is_at(order_id, 48) {
                0
            } else {
                1 + dice.below(4)
            },
            card_number: format!("4000{:012}", dice.below(1_000_000_000_000)),
            patience: if self.is_hurried(order_id) {
                HURRIED
            } else {
                Duration::from_secs(10)
            },
        }
    }

    /// When the next customer comes.
    pub fn pause(self, order_id: u64) -> Duration {
        Duration::from_millis(Dice::new(self.seed, &[order_id, 0, 0]).below(26))
    }

    /// How long to wait before another attempt: twice as long each time, never the same for two.
    pub fn backoff(self, order_id: u64, attempt: u64) -> Duration {
        let longest = 40 << attempt.min(6);
        let jitter = Dice::new(self.seed, &[order_id, attempt, 1]).below(longest / 2);
        Duration::from_millis(longest / 2 + jitter)
    }

    /// A few who will not wait.
    fn is_hurried(self, order_id: u64) -> bool {
        [44, 52, 58, 66].iter().any(|&it| self.is_at(order_id, it))
    }

    /// One whose bank does not answer at all.
    fn is_doomed(self, order_id: u64) -> bool {
        self.is_at(order_id, 73)
    }

    fn is_at(self, order_id: u64, percent: u64) -> bool {
        order_id == self.requests * percent / 100
    }

    fn percent(self, order_id: u64) -> u64 {
        order_id * 100 / self.requests.max(1)
    }
}

/// Numbers that look random and are not (`SplitMix64`).
struct Dice(u64);

impl Dice {
    fn new(seed: u64, parts: &[u64]) -> Self {
        let mut dice = Self(seed);
        for &part in parts {
            dice.0 = dice.next() ^ part;
        }
        dice
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut it = self.0;
        it = (it ^ (it >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        it = (it ^ (it >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        it ^ (it >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }

    fn fate(&mut self, millis: std::ops::Range<u64>, verdict: Verdict) -> Fate {
        let delay = millis.start + self.below(millis.end - millis.start);
        Fate {
            delay: Duration::from_millis(delay),
            verdict,
        }
    }
}
