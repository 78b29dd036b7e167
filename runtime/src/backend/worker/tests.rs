//! Rounds over rings that are filled by hand.

use super::pass::Late;
use super::*;
use crate::backend::prepare;
use crate::clock;
use crate::filter::{BareWord, Filter};
use crate::level::Level;
use crate::ring::{OwnMemory, Producer, damage, ring};
use crate::samples::Samples;
use crate::sink::{self, Memory};
use crate::site::{Meta, STEP, Site, SiteOptions};
use crate::value::ValueBuf;
use crate::wire::{HEADER, Header, Out};

static SITE: Site = Site::with(STEP);

/// A worker without a thread, and one ring of it.
struct Bench {
    shared: Arc<Shared>,
    worker: Worker,
    producer: Producer,
    region: Arc<OwnMemory>,
    memory: Memory,
}

impl Bench {
    fn new() -> Self {
        let memory = Memory::new();
        let parts = sink::memory(&memory).open().expect("memory opens");
        let filter = Filter::parse("trace", 5, BareWord::Refused).expect("good");
        let (shared, mut worker) =
            prepare("x".to_owned(), filter, 5, vec![parts], None, Duration::MAX);
        let region = Arc::new(OwnMemory::new(4096));
        let (producer, consumer) = ring(region.clone(), 7, false, || {});
        worker.rings.push(Ring {
            thread: ThreadRing {
                index: u32::MAX,
                consumer,
                thread: Arc::from("main"),
                drops: Arc::default(),
            },
            closed: false,
            seen: 0,
            latest: u64::MAX,
        });
        registry::decide_known(&SITE);
        Self {
            shared,
            worker,
            producer,
            region,
            memory,
        }
    }

    fn log(&self, ticks: u64) {
        let mut reserved = self.producer.make_room(HEADER).expect("room");
        let header = Header {
            site: SITE.id(),
            mark: u32::from(Level::Info.number()),
            ticks,
        };
        header.encode(&mut Out::new(reserved.bytes()));
        self.producer.commit(reserved);
    }

    /// What the reports say of frames that were no records.
    fn damaged(&self) -> Vec<Option<ValueBuf>> {
        let records = self.memory.records();
        let told = records.iter().filter(|it| {
            let reason = it.field("reason");
            it.event == "records_dropped" && reason == Some(&ValueBuf::Str("damaged".to_owned()))
        });
        told.map(|it| it.field("count").cloned()).collect()
    }

    fn written(&self) -> usize {
        self.memory.lines().len()
    }
}

static SAMPLES: Samples = Samples::new();
static META: Meta = Meta {
    samples: Some(&SAMPLES),
    ..Meta::STEP
};
static COUNTED: Site = Site::with(&SiteOptions {
    samples: Some(&SAMPLES),
    meta: Some(&META),
    ..SiteOptions::NONE
});

/// What is counted wakes nobody.
#[test]
fn where_calls_are_counted_no_sleep_is_longer_than_until_they_are_summed_up() {
    let mut bench = Bench::new();
    let minute = Duration::from_secs(60);
    bench.worker.next_summary = Some(Instant::now() + minute);
    assert_eq!(bench.worker.longest_sleep(false), None);
    let longest = bench.worker.longest_sleep(true);
    assert!(longest.is_some_and(|it| it <= minute), "{longest:?}");
    registry::decide_known(&COUNTED);
    assert!(registry::has_samples());
}

/// A machine that is suspended, or moved to another, may go on with a counter that stands lower.
#[test]
fn records_of_a_counter_that_was_set_back_do_not_wait_for_it() {
    let mut bench = Bench::new();
    let hour = clock::now() + (1 << 43);
    bench.log(hour);
    bench.log(clock::now());
    bench.log(hour + 1);
    bench.worker.round();
    bench.worker.round();
    assert_eq!(bench.written(), 3);
}

#[test]
fn a_flush_is_answered_when_what_was_there_before_is_written_whatever_its_ticks() {
    let mut bench = Bench::new();
    bench.log(u64::MAX);
    let ticket = bench.shared.desk.draw(Until::Written);
    bench.worker.round();
    assert_eq!(bench.shared.desk.wait(ticket, Duration::ZERO), Ok(true));
    assert_eq!(bench.written(), 1, "the ticket was called");
}

/// What was seen before may still be later than a change that was made a while ago.
#[test]
fn what_came_behind_a_change_is_not_judged_by_the_directives_before_it() {
    let mut bench = Bench::new();
    let change = clock::now();
    bench.log(change);
    bench.log(change + 1);
    bench.worker.rings[0].thread.consumer.refresh();
    bench.worker.note_seen();
    assert_eq!(bench.worker.pass(change, Late::Stays), 1);
}

#[test]
fn frames_that_cannot_be_read_are_counted_and_told() {
    for ends in [false, true] {
        let mut bench = Bench::new();
        for _ in 0..3 {
            bench.log(clock::now());
        }
        damage(&*bench.region, 24, 5);
        bench.worker.round();
        assert_eq!(bench.written(), 1);
        if ends {
            bench.producer.close();
        } else {
            bench.log(clock::now());
        }
        bench.worker.round();
        bench.worker.press.report_losses(true);
        assert_eq!(bench.damaged(), [Some(ValueBuf::UInt(2))]);
        assert_eq!(
            bench.worker.rings.is_empty(),
            ends,
            "forgotten when it is drained"
        );
    }
}
