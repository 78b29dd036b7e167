//! Whoever waits for a flush, and whoever counts, while the background thread works and goes to sleep.

use std::sync::Arc;
use std::time::Duration;

use loom::thread::spawn;

use super::flush::Until;
use super::shared::Shared;
use super::tally::Passed;
use crate::models::{DATA, drain, push, ring_of};
use crate::registry::{self, WhenFull, Wiring};
use crate::ring::Consumer;
use crate::wake::{self, Sleep};

fn shared() -> Arc<Shared> {
    Arc::new(Shared::new(&[], 0, 0, None))
}

/// As the background thread does, until a ticket was called: what is asked for is taken down before the
/// rings are looked at.
fn work_until_asked(
    shared: &Shared,
    consumer: &mut Consumer,
    read: &mut Vec<Vec<u8>>,
    announce: fn() -> Sleep,
) {
    wake::become_backend();
    loop {
        shared.take_attention();
        let asked = shared.desk.asked();
        drain(consumer, read);
        if let Some(asked) = asked {
            shared.desk.call(asked.ticket, None);
            return;
        }
        let sleep = announce();
        if shared.has_attention() {
            sleep.get_up();
        } else {
            sleep.rest();
        }
    }
}

/// A flush is answered, and everything before it is written.
fn flush_beside(announce: fn() -> Sleep) {
    loom::model(move || {
        let shared = shared();
        let (producer, mut consumer) = ring_of(DATA);
        let asking = Arc::clone(&shared);
        let caller = spawn(move || {
            assert!(push(&producer, b"1"));
            let answer = asking.flush(Duration::from_secs(3600), Until::Written);
            assert_eq!(answer, Ok(()));
        });
        // A thread of its own: see `models::wake`.
        let worker = spawn(move || {
            let mut read = Vec::new();
            work_until_asked(&shared, &mut consumer, &mut read, announce);
            assert_eq!(read.len(), 1, "the record was there before the flush");
        });
        caller.join().expect("the caller");
        worker.join().expect("the worker");
    });
}

#[test]
fn a_flush_ends_a_sleep() {
    flush_beside(|| wake::sleep_until_woken(None));
}

/// No barrier is paid for a nap, out of which records do not wake; who asks for a flush has one of its own.
#[test]
fn a_flush_ends_a_nap() {
    flush_beside(|| wake::nap(Duration::from_secs(3600)));
}

/// Every record is pending, written or dropped, whoever asks in between.
#[test]
fn counters_beside_the_work_never_lose_a_record() {
    loom::model(|| {
        let wiring = Wiring {
            ring_bytes: DATA,
            when_full: WhenFull::Drop,
        };
        registry::connect(wiring, Arc::new(|_| 1), None).expect("nobody was before us");
        let shared = shared();
        let (producer, drops, _) = registry::attach("caller").expect("it is connected");
        let mut rings = Vec::new();
        shared.tally().pick_up(Some(&mut rings));
        let worker = {
            let shared = Arc::clone(&shared);
            spawn(move || {
                let consumer = &mut rings[0].consumer;
                let closed = consumer.is_closed();
                let mut read = Vec::new();
                drain(consumer, &mut read);
                let passed = Passed {
                    frames: read.len() as u64,
                    ..Passed::default()
                };
                shared.tally().update(passed, &[]);
                if closed {
                    shared.tally().retire(&rings[0].drops);
                }
            })
        };
        let caller = spawn(move || {
            assert!(push(&producer, b"1"));
            drops.ring_full.fetch_add(1, crate::sync::Ordering::Relaxed);
            producer.close();
        });
        let counters = shared.counters();
        assert!(counters.pending <= 1);
        worker.join().expect("the worker");
        caller.join().expect("the caller");
        let counters = shared.counters();
        assert_eq!(counters.accepted, 2);
        assert_eq!(counters.pending + counters.written, 1);
    });
}
