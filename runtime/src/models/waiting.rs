//! Calls that wait for room while the background thread gives some back. Whatever is missed is a call that
//! sleeps for ever, as for the background thread.

use std::sync::Arc;
use std::time::Duration;

use loom::thread::{JoinHandle, spawn};

use super::{DATA, drain, push, ring_of};
use crate::registry::{Drops, ThreadRing, wake_waiting};
use crate::ring::{Consumer, Producer};
use crate::sync::Mutex;

fn ring(consumer: Consumer) -> ThreadRing {
    ThreadRing {
        index: 0,
        consumer,
        thread: Arc::from("caller"),
        drops: Arc::default(),
    }
}

/// Writes a frame of eight bytes once there is room; a sleep may end early.
fn write(drops: &Drops, attempt: impl Fn() -> Option<()>, room_at: impl Fn() -> u64) {
    let wait = || drops.waiting.wait(room_at(), Duration::MAX, &attempt);
    while wait().is_none() {}
}

fn full() -> (Producer, ThreadRing) {
    let (producer, consumer) = ring_of(DATA);
    assert!(push(&producer, &[1; 8]));
    assert!(push(&producer, &[2; 8]));
    (producer, ring(consumer))
}

/// Gives all of it back, once.
fn give_back(mut ring: ThreadRing) {
    let mut read = Vec::new();
    drain(&mut ring.consumer, &mut read);
    wake_waiting(core::iter::once(&ring));
}

#[test]
fn who_waits_for_room_is_woken_by_the_one_who_makes_it() {
    loom::model(|| {
        let (producer, ring) = full();
        let drops = Arc::clone(&ring.drops);
        let caller = spawn(move || {
            let attempt = || push(&producer, &[3; 8]).then_some(());
            write(&drops, attempt, || producer.room_at(8));
        });
        let reader = spawn(move || give_back(ring));
        for thread in [caller, reader] {
            thread.join().expect("a thread");
        }
    });
}

/// As for the ring that threads share: none of them is forgotten.
#[test]
fn of_two_who_wait_for_one_ring_none_is_forgotten() {
    loom::model(|| {
        let (producer, ring) = full();
        let producer = Arc::new(Mutex::new(producer));
        let caller = || -> JoinHandle<()> {
            let (producer, drops) = (Arc::clone(&producer), Arc::clone(&ring.drops));
            spawn(move || {
                let attempt = || push(&producer.lock().expect("no panic"), &[3; 8]).then_some(());
                let room_at = || producer.lock().expect("no panic").room_at(8);
                write(&drops, attempt, room_at);
            })
        };
        let callers = [caller(), caller()];
        give_back(ring);
        for thread in callers {
            thread.join().expect("a thread");
        }
    });
}
