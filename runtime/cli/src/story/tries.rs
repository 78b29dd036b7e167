//! Which try a call is.

use std::collections::{HashMap, HashSet};

use crate::judge::Fact;

/// Numbers the tries: a call of the same name in the same process is a retry when the one before
/// did not go well. Calls in a loop that go well are no retries. What a record says of itself comes
/// first.
#[derive(Default)]
pub(super) struct Tries {
    calls: HashMap<(u32, String), Tried>,
    /// By process and attempt: one retry may be announced by several records.
    announced: HashSet<(u32, u64)>,
    /// Announced without an attempt.
    unnumbered: u64,
}

struct Tried {
    tries: u64,
    went_well: bool,
    again: u64,
}

impl Tries {
    pub(super) fn see(&mut self, process: u32, fact: &Fact<'_>, own: Option<u64>) -> Option<u64> {
        match fact {
            Fact::Retry {
                attempt: Some(attempt),
            } => {
                self.announced.insert((process, *attempt));
                Some(*attempt)
            }
            Fact::Retry { attempt: None } => {
                self.unnumbered += 1;
                None
            }
            Fact::Call { name, outcome, .. } => {
                let key = (process, name.clone().into_owned());
                let call = self.calls.entry(key).or_insert(Tried {
                    tries: 0,
                    went_well: true,
                    again: 0,
                });
                if call.went_well {
                    call.tries = 1;
                } else {
                    call.tries += 1;
                    call.again += 1;
                }
                call.went_well = !matches!(&**outcome, "err" | "panic" | "cancelled");
                Some(own.unwrap_or(call.tries)).filter(|it| *it > 1)
            }
            _ => None,
        }
    }

    /// One retry is often seen in several places: announced, and in the calls within the call.
    pub(super) fn count(&self) -> u64 {
        match self.announced.len() as u64 + self.unnumbered {
            0 => self
                .calls
                .values()
                .map(|call| call.again)
                .max()
                .unwrap_or(0),
            announced => announced,
        }
    }
}

#[cfg(test)]
mod tests {
    use storyline::ValueBuf;

    use super::*;
    use crate::testing::record;

    fn attempts(records: &[(&str, Option<u64>)]) -> (Vec<Option<u64>>, u64) {
        let mut tries = Tries::default();
        let see = |(event, attempt): &(&str, Option<u64>)| {
            let name = [("name", ValueBuf::Str("charge".to_owned()))];
            let mut record = record(0, event, &name);
            if let Some(attempt) = attempt {
                let field = ("attempt".to_owned(), ValueBuf::UInt(*attempt));
                record.fields.push(field);
            }
            tries.see(1, &Fact::of(&record), *attempt)
        };
        let numbers = records.iter().map(see).collect();
        (numbers, tries.count())
    }

    #[test]
    fn a_retry_that_two_records_announce_is_one() {
        let (_, retries) = attempts(&[
            ("payment_retry", Some(2)),
            ("gateway_retry", Some(2)),
            ("payment_retry", Some(3)),
            ("gateway_retry", Some(3)),
        ]);
        assert_eq!(retries, 2);
        assert_eq!(attempts(&[("retrying", None), ("retrying", None)]).1, 2);
    }

    #[test]
    fn a_call_is_numbered_as_its_record_says() {
        // The second call of the name in the log, but the third attempt.
        let (numbers, retries) = attempts(&[
            ("function_failed", Some(1)),
            ("function_failed", Some(3)),
            ("function_failed", None),
        ]);
        assert_eq!(numbers, [None, Some(3), Some(3)]);
        assert_eq!(retries, 2);
    }
}
