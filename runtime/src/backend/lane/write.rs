//! From a lane's buffer to its sink, and what becomes of the records there.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use super::{Lane, QUEUE_BYTES};
use crate::backend::losses::INTERVAL;
use crate::backend::reason::Reason;
use crate::panic::discard;
use crate::sink::WriteError;

/// After so many panics in a row a sink rests.
const PANICS_IN_A_ROW: u32 = 3;

/// How often a sink that cannot succeed by itself is tried when there is nothing new to write.
const HOPELESS_INTERVAL: Duration = Duration::from_secs(30);

impl Lane {
    /// Writes what the buffer holds.
    pub(in crate::backend) fn write(&mut self) {
        // Slow, but moving: everybody waits for it. Standing still: nobody does.
        while self.write_once() && self.refused >= QUEUE_BYTES / 2 {}
    }

    /// Offers the buffer to the sink; true when it took some of it and would take more later.
    fn write_once(&mut self) -> bool {
        if self.buffer.is_empty() {
            return false;
        }
        let sink = &mut self.parts.sink;
        let batch = self.buffer.as_batch().with_highest(self.highest);
        let outcome = catch_unwind(AssertUnwindSafe(|| sink.write(batch)));
        let now = Instant::now();
        self.next_idle_try = now + INTERVAL;
        self.is_failing = !matches!(outcome, Ok(Ok(())));
        match outcome {
            Ok(Ok(())) => {
                self.panics = 0;
                self.settle(self.buffer.records(), now);
                self.clear();
            }
            Ok(Err(WriteError { written, source })) => {
                self.panics = 0;
                self.settle(written.min(self.buffer.records()), now);
                let reason = Reason::of(&source);
                if source.kind() == io::ErrorKind::WouldBlock {
                    self.refused = self.buffer.len();
                    return written > 0;
                }
                if reason == Reason::Closed {
                    self.next_idle_try = now + HOPELESS_INTERVAL;
                }
                self.give_up(reason);
            }
            Err(panic) => {
                discard(panic);
                self.next_idle_try = now + HOPELESS_INTERVAL;
                self.give_up(Reason::SinkPanicked);
                self.panics += 1;
                if let Some(surplus) = self.panics.checked_sub(PANICS_IN_A_ROW) {
                    self.rests_until = Some(now + INTERVAL * (1 << surplus.min(5)));
                }
            }
        }
        false
    }

    /// The first `written` records of the buffer have arrived: counts them and takes them out.
    fn settle(&mut self, written: usize, now: Instant) {
        let reports = written.min(self.telling.len());
        for loss in self.telling.drain(..reports) {
            self.told.tell(loss, now);
        }
        self.counts.accepted += reports as u64;
        self.counts.written += written as u64;
        self.buffer.settle(written);
    }

    /// What is still in the buffer is lost. Reports are not: they come again.
    fn give_up(&mut self, reason: Reason) {
        let notices = self.buffer.notices();
        self.counts.accepted -= notices as u64;
        let lost = (self.buffer.records() - self.telling.len() - notices) as u64;
        self.drop_records(reason, lost);
        self.clear();
    }

    /// Nobody waits any longer for what the sink was offered and did not take.
    pub(in crate::backend) fn give_up_queue(&mut self) {
        if self.has_queue() {
            self.give_up(Reason::Stalled);
        }
    }

    /// Has the sink hand on what it holds back, when it has taken all it was given and was not asked so for
    /// this ticket.
    pub(in crate::backend) fn flush(&mut self, ticket: u64) -> Result<(), String> {
        if self.has_queue() || self.flushed >= ticket {
            return Ok(());
        }
        self.flushed = ticket;
        if self.rests_until.is_some() {
            return Err("it panicked again and again and rests".to_owned());
        }
        let sink = &mut self.parts.sink;
        match catch_unwind(AssertUnwindSafe(|| sink.flush())) {
            Ok(outcome) => outcome.map_err(|error| error.to_string()),
            Err(panic) => {
                discard(panic);
                Err("it panicked".to_owned())
            }
        }
    }
}
