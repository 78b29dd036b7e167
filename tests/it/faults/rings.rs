//! Rings that are full before a sink that is slow or stands still.

use std::io;
use std::time::Duration;

use crate::alone::{SOON, alone};
use crate::ledger::{count, dropped, told};
use crate::stuck::Stuck;
use storyline::sink::{self, Batch, Memory, Sink, WriteError};
use storyline::{Counters, Reason, log_event};

alone! {
    fn a_full_ring_costs_what_is_counted_and_told() {
        let stuck = Stuck::now();
        let memory = Memory::new();
        let guard = storyline::setup("x")
            .sink(sink::custom("stuck", stuck.clone()))
            .sink(sink::memory(&memory))
            .ring_bytes(64 * 1024)
            .when_full(storyline::WhenFull::Drop)
            .start()
            .expect("starts");
        let calls = 10_000_u64;
        for n in 0..calls {
            log_event!(INFO, "step", n);
        }
        let counters: Counters = storyline::counters();
        let lost = dropped(&counters.dropped, Reason::RingFull);
        assert!(lost > 0, "{counters}");
        assert_eq!(counters.accepted, calls, "{counters}");
        stuck.go();
        drop(guard);
        let counters = storyline::counters();
        assert_eq!((counters.accepted, counters.pending), (calls, 0), "{counters}");
        assert_eq!(counters.written + lost, calls, "{counters}");
        let records = memory.records();
        assert_eq!(count(&records, "step") as u64 + lost, calls);
        assert_eq!(told(&records, "all", Reason::RingFull), lost);
    }

    fn a_full_ring_waits_for_room_unless_told_otherwise() {
        struct Slow;
        impl Sink for Slow {
            fn write(&mut self, _: Batch<'_>) -> Result<(), WriteError> {
                std::thread::sleep(Duration::from_millis(2));
                Ok(())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let memory = Memory::new();
        let guard = storyline::setup("x")
            .sink(sink::custom("slow", Slow))
            .sink(sink::memory(&memory))
            .ring_bytes(64 * 1024)
            .when_full(storyline::WhenFull::Wait(SOON))
            .start()
            .expect("starts");
        for n in 0..20_000_u64 {
            log_event!(INFO, "step", n);
        }
        guard.flush(SOON).expect("written");
        assert_eq!(memory.lines().len(), 20_000);
        assert_eq!(storyline::counters().dropped, []);
    }
}
