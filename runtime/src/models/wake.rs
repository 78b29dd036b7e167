//! The background thread goes to sleep while others log. Whatever is missed is a thread that sleeps for
//! ever, which the model checker reports as a deadlock. The sleeper is never the one that joins: the
//! checker's `join` takes being woken for the end of the thread it waits for.

use std::sync::Arc;

use loom::thread::{JoinHandle, spawn};

use super::{DATA, drain, push, ring_of};
use crate::level::Level;
use crate::registry::{self, ThreadRing, WhenFull, Wiring};
use crate::ring::{Consumer, Producer};
use crate::sync::{AtomicUsize, Ordering, shared_static};
use crate::wake;

const LEVEL: u8 = Level::Info.number();

/// As the background thread does: says that it sleeps, looks once more, and only then sleeps.
pub(super) fn sleep_unless(has_records: impl FnOnce() -> bool) {
    let sleep = wake::sleep_until_woken(None);
    if has_records() {
        sleep.get_up();
    } else {
        sleep.rest();
    }
}

pub(super) fn join(threads: [JoinHandle<()>; 2]) {
    for thread in threads {
        thread.join().expect("a thread");
    }
}

fn has_records(consumer: &mut Consumer) -> bool {
    consumer.refresh();
    !consumer.is_empty()
}

#[test]
fn a_record_is_not_left_to_a_sleeper() {
    loom::model(|| {
        let (producer, mut consumer) = ring_of(DATA);
        let caller = spawn(move || {
            assert!(push(&producer, b"1"));
            wake::after_commit(LEVEL);
        });
        let sleeper = spawn(move || {
            wake::become_backend();
            let mut read = Vec::new();
            loop {
                drain(&mut consumer, &mut read);
                if !read.is_empty() {
                    break;
                }
                sleep_unless(|| has_records(&mut consumer));
            }
        });
        join([caller, sleeper]);
    });
}

/// Of two callers only one pays for the wake, and both records are found.
#[test]
fn of_two_callers_none_is_left_to_a_sleeper() {
    loom::model(|| {
        let (one, first) = ring_of(DATA);
        let (two, second) = ring_of(DATA);
        let mut consumers = [first, second];
        let call = |producer: &Producer| {
            assert!(push(producer, b"1"));
            wake::after_commit(LEVEL);
        };
        let caller = spawn(move || call(&one));
        let sleeper = spawn(move || {
            wake::become_backend();
            let mut read = Vec::new();
            loop {
                for consumer in &mut consumers {
                    drain(consumer, &mut read);
                }
                if read.len() == 2 {
                    break;
                }
                sleep_unless(|| consumers.iter_mut().any(has_records));
            }
        });
        call(&two);
        join([caller, sleeper]);
    });
}

/// A ring that the sleeper does not know yet counts, too.
#[test]
fn a_threads_first_record_is_not_left_to_a_sleeper() {
    loom::model(|| {
        let wiring = Wiring {
            ring_bytes: DATA,
            when_full: WhenFull::Drop,
        };
        registry::connect(wiring, Arc::new(|_| 1), None).expect("nobody was before us");
        let caller = spawn(|| {
            let (producer, _, _) = registry::attach("caller").expect("it is connected");
            assert!(push(&producer, b"1"));
            wake::after_commit(LEVEL);
            producer.close();
        });
        let sleeper = spawn(move || {
            wake::become_backend();
            let mut known = 0;
            let mut rings: Vec<ThreadRing> = Vec::new();
            let mut read = Vec::new();
            loop {
                let made = registry::rings_made();
                if made != known {
                    known = made;
                    registry::take_new_rings(&mut rings);
                    assert_eq!(rings.len(), known);
                }
                for ring in &mut rings {
                    drain(&mut ring.consumer, &mut read);
                }
                if !read.is_empty() {
                    break;
                }
                sleep_unless(|| {
                    registry::rings_made() != known
                        || rings.iter_mut().any(|it| has_records(&mut it.consumer))
                });
            }
        });
        join([caller, sleeper]);
    });
}

shared_static! {
    static FLUSHED: AtomicUsize = AtomicUsize::new(0);
}

fn flush() {
    FLUSHED.fetch_add(1, Ordering::Relaxed);
}

/// At the process's end a record is either seen by the last flush or flushed by its own call.
#[test]
fn a_record_at_the_end_is_seen_or_flushes_itself() {
    loom::model(|| {
        let (producer, mut consumer) = ring_of(DATA);
        let caller = spawn(move || {
            assert!(push(&producer, b"1"));
            wake::after_commit(LEVEL);
        });
        wake::leave(flush);
        let mut read = Vec::new();
        drain(&mut consumer, &mut read);
        caller.join().expect("the caller");
        assert!(read.len() == 1 || FLUSHED.load(Ordering::Relaxed) == 1);
    });
}
