//! What a call costs its thread: after a thread's first records, not one allocation. The allocator of
//! this binary counts for each thread by itself, so neither the background thread nor the harness shows.
//! Locks cannot be counted like this; `it/layers` says where there may be any.
#![expect(unsafe_code, reason = "an allocator can be written in no other way")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::fmt;
use std::hint::black_box;
use std::io;
use std::time::Duration;

use storyline::format::{Format, Line, Scrubbed};
use storyline::sink::{self, Batch, Sink, WriteError};
use storyline::{Fields, RecordBuf, ValueBuf, log_event, timed};

/// Passes everything on and counts.
struct Counting;

thread_local! {
    // Neither allocated nor dropped, so it can be reached from inside an allocation.
    static COUNT: Cell<u64> = const { Cell::new(0) };
}

fn count_one() {
    COUNT.with(|it| it.set(it.get() + 1));
}

// SAFETY: every call is passed on to the system's allocator with the arguments it came with; counting
// allocates nothing.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count_one();
        // SAFETY: the caller keeps the promises that `alloc` asks for.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count_one();
        // SAFETY: the caller keeps the promises that `alloc_zeroed` asks for.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count_one();
        // SAFETY: the caller keeps the promises that `realloc` asks for, and the memory is the system's.
        unsafe { System.realloc(memory, layout, size) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        // What is given back was counted when it was taken.
        // SAFETY: the caller keeps the promises that `dealloc` asks for, and the memory is the system's.
        unsafe { System.dealloc(memory, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const CALLS: u64 = 10_000;

/// Takes everything and keeps nothing.
struct Nowhere;

impl Sink for Nowhere {
    fn write(&mut self, _: Batch<'_>) -> Result<(), WriteError> {
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Rendered by code of the user.
struct Order {
    id: u64,
}

impl fmt::Display for Order {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "order {:>6}", self.id)
    }
}

/// Its members are fields.
#[derive(Fields)]
struct Payment {
    amount: u64,
    provider: String,
    #[field(display)]
    order: Order,
    #[field(redact)]
    token: String,
    #[field(mask(last = 4))]
    card_number: u64,
    #[field(fields)]
    shop: Option<Shop>,
}

#[derive(Fields)]
struct Shop {
    city: String,
}

#[timed(fields(amount))]
fn charge(amount: u64) -> Result<u64, fmt::Error> {
    Ok(black_box(amount) + 1)
}

#[timed(percentiles, level = DEBUG, fields(amount))]
fn count(amount: u64) -> u64 {
    black_box(amount) + 1
}

/// How many allocations the calls make on this thread, when some have been made before.
fn allocations(mut call: impl FnMut(u64)) -> u64 {
    for number in 0..10 {
        call(number);
    }
    let before = COUNT.with(Cell::get);
    for number in 0..CALLS {
        call(number);
    }
    COUNT.with(Cell::get) - before
}

#[test]
fn a_call_allocates_nothing_after_a_threads_first() {
    let guard = storyline::setup("allocations")
        .sink(sink::custom("nowhere", Nowhere))
        .when_full(storyline::WhenFull::Wait(Duration::from_secs(60)))
        .start()
        .expect("starts");
    let text = String::from("a text of some length, of which nothing may be copied to the heap");
    let payment = Payment {
        amount: 500,
        provider: text.clone(),
        order: Order { id: 7 },
        token: text.clone(),
        card_number: 4_111_111_111_111_111,
        shop: Some(Shop { city: text.clone() }),
    };
    let cases: [(&str, &mut dyn FnMut(u64)); 9] = [
        ("no field", &mut |_| log_event!(INFO, "bare")),
        ("numbers", &mut |n| {
            log_event!(INFO, "numbers", n, less = -1_i32, half = 0.5, yes = true);
        }),
        ("texts", &mut |_| {
            log_event!(INFO, "texts", text, name = "x");
        }),
        ("Display", &mut |id| {
            let order = Order { id };
            log_event!(INFO, "displayed", %order);
        }),
        ("a message", &mut |n| {
            log_event!(INFO, "told", "number {n} of {text}", n, text);
        }),
        ("a structure", &mut |n| {
            log_event!(INFO, "spread", ..payment, n);
        }),
        ("a structure under its name", &mut |n| {
            log_event!(INFO, "named", n, payment: fields);
        }),
        ("#[timed]", &mut |n| {
            let _ = black_box(charge(n));
        }),
        ("#[timed(percentiles)] below the level", &mut |n| {
            let _ = black_box(count(n));
        }),
    ];
    let mut wrong = Vec::new();
    for (what, call) in cases {
        let alone = allocations(&mut *call);
        let request = storyline::request_scope("r-0123456789");
        let inside = allocations(&mut *call);
        drop(request);
        if (alone, inside) != (0, 0) {
            wrong.push(format!("{what}: {alone}, inside a request {inside}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "allocations in {CALLS} calls:\n{}",
        wrong.join("\n")
    );
    guard.flush(Duration::from_secs(60)).expect("written");
    // Two times ten calls more of each but the last, which is below its level; nothing was switched off, and nothing lost.
    let counters = storyline::counters();
    assert!(counters.written >= 8 * 2 * (CALLS + 10), "{counters}");
    assert!(counters.dropped.is_empty(), "{counters}");
}

#[test]
fn a_scrubbed_record_is_copied_only_where_something_is_found() {
    let text = "no card and no token, though 4111 1111 of them begin like one";
    let line =
        "2026-06-12T02:07:07.418Z | INFO | shop | pid=7 | req=abc123 | order_paid | amount=500";
    let mut record = storyline::parse::parse(line).expect("a record");
    record
        .fields
        .push(("text".to_owned(), ValueBuf::Str(text.to_owned())));
    let mut format = Scrubbed::new(Line::default());
    let mut out = Vec::with_capacity(1024);
    let mut write = |record: &RecordBuf| {
        allocations(|_| {
            out.clear();
            format.format(&record.as_record(), &mut out);
        })
    };
    assert_eq!(write(&record), 0);
    record.fields[0].1 = ValueBuf::UInt(4_111_111_111_111_111);
    assert!(write(&record) > 0);
}

#[test]
fn an_allocation_is_counted() {
    assert_eq!(allocations(|n| drop(black_box(Box::new(n)))), CALLS);
}
