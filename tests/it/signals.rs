//! Signal handlers that log, at a high rate, over threads that log themselves. Whoever was interrupted keeps
//! all of its records; what a handler logs is kept, or counted when it came in the middle of a call. A
//! handler may take no memory: its site was reached before, its thread has logged before, and its values are
//! numbers and text as they are.
#![expect(unsafe_code, reason = "handlers and timers are made by system calls")]

use std::collections::BTreeMap;
use std::mem::zeroed;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use crate::alone::{SOON, alone, say};
use crate::ledger::{dropped, number, text, told};
use storyline::sink::{self, Memory};
use storyline::{Level, Reason, RecordBuf, context, log_event};

const THREADS: u64 = 4;

/// Calls that handlers made.
static HANDLED: AtomicU64 = AtomicU64::new(0);
/// Whether handlers log at levels that wake the background thread.
static URGENT: AtomicBool = AtomicBool::new(false);

extern "C" fn handler(_: libc::c_int) {
    // SAFETY: the C library gives the address of this thread's own number.
    let errno = unsafe { libc::__errno_location() };
    // SAFETY: the address is good for as long as the thread.
    let before = unsafe { *errno };
    let n = HANDLED.fetch_add(1, Ordering::Relaxed);
    let is_urgent = URGENT.load(Ordering::Relaxed);
    let level = if is_urgent { Level::Error } else { Level::Info };
    log_event!((level), "in_a_handler", n, text = "taken as it is");
    // SAFETY: as above.
    unsafe { *errno = before };
}

/// Has this signal interrupt whatever runs.
fn install(signal: libc::c_int) {
    // SAFETY: all zero is a valid `sigaction`.
    let mut action: libc::sigaction = unsafe { zeroed() };
    action.sa_sigaction = handler as *const () as usize;
    action.sa_flags = libc::SA_RESTART;
    // SAFETY: the action is live and whole, and the handler does nothing but log.
    let done = unsafe { libc::sigaction(signal, &raw const action, std::ptr::null_mut()) };
    assert_eq!(done, 0);
}

/// A timer that interrupts the calling thread, until it is dropped.
struct Storm(libc::timer_t);

impl Storm {
    fn over_this_thread(signal: libc::c_int, every: Duration) -> Self {
        // SAFETY: all zero is a valid `sigevent`.
        let mut event: libc::sigevent = unsafe { zeroed() };
        event.sigev_notify = libc::SIGEV_THREAD_ID;
        event.sigev_signo = signal;
        // SAFETY: the call takes nothing and touches no memory.
        event.sigev_notify_thread_id = unsafe { libc::gettid() };
        let mut timer = std::ptr::null_mut();
        // SAFETY: both pointers are to live values.
        let made =
            unsafe { libc::timer_create(libc::CLOCK_MONOTONIC, &raw mut event, &raw mut timer) };
        assert_eq!(made, 0);
        let span = libc::timespec {
            tv_sec: 0,
            tv_nsec: every.subsec_nanos().into(),
        };
        let interval = libc::itimerspec {
            it_interval: span,
            it_value: span,
        };
        // SAFETY: the timer was made above, and the times are live.
        let set =
            unsafe { libc::timer_settime(timer, 0, &raw const interval, std::ptr::null_mut()) };
        assert_eq!(set, 0);
        Self(timer)
    }
}

impl Drop for Storm {
    fn drop(&mut self) {
        // SAFETY: made by us and not deleted before.
        unsafe { libc::timer_delete(self.0) };
    }
}

/// What a thread logs; one in some is large, rendered, bound to a context or urgent.
fn step(thread: u64, n: u64) {
    match n % 64 {
        0 => log_event!(INFO, "step", thread, n, text = "z".repeat(20_000)),
        1..8 => log_event!(INFO, "step", thread, n, text: display = n),
        8..16 => {
            let _tenant = context!(tenant = "acme");
            log_event!(INFO, "step", thread, n);
        }
        16..20 => log_event!(ERROR, "step", thread, n),
        _ => log_event!(INFO, "step", thread, n),
    }
}

/// Storms over threads that do this, each its own number of times, and gives what was logged.
fn under_storms(steps: u64, then: impl Fn(u64, u64) + Sync) -> Vec<RecordBuf> {
    let memory = Memory::new();
    let guard = storyline::setup("test")
        .sink(sink::memory(&memory))
        .ring_bytes(64 * 1024)
        .when_full(storyline::WhenFull::Wait(SOON))
        .start()
        .expect("first in this process");
    install(libc::SIGUSR1);
    install(libc::SIGUSR2);
    // From now on its site is known.
    handler(0);
    std::thread::scope(|scope| {
        for thread in 0..THREADS {
            let then = &then;
            scope.spawn(move || {
                step(thread, 0);
                // The two handlers interrupt each other, too.
                let storms = [
                    Storm::over_this_thread(libc::SIGUSR1, Duration::from_micros(170)),
                    Storm::over_this_thread(libc::SIGUSR2, Duration::from_micros(230)),
                ];
                for n in 1..steps {
                    step(thread, n);
                    then(thread, n);
                }
                drop(storms);
            });
        }
    });
    guard.flush(SOON).expect("written");
    drop(guard);
    memory.records()
}

/// What holds after every storm.
fn judge(records: &[RecordBuf], steps: u64) {
    let mut next: BTreeMap<u64, u64> = BTreeMap::new();
    let mut handled: Vec<u64> = Vec::new();
    for record in records {
        match record.event.as_str() {
            "step" => {
                let next = next.entry(number(record, "thread")).or_insert(0);
                assert_eq!(number(record, "n"), *next, "{record:?}");
                *next += 1;
            }
            "in_a_handler" => {
                assert_eq!(text(record, "text"), "taken as it is");
                handled.push(number(record, "n"));
            }
            "records_dropped" => {}
            other => panic!("nobody logged {other}"),
        }
    }
    assert!(
        next.into_values().eq((0..THREADS).map(|_| steps)),
        "the interrupted lose nothing"
    );
    let kept = handled.len() as u64;
    handled.sort_unstable();
    handled.dedup();
    assert_eq!(handled.len() as u64, kept, "twice");
    let calls = HANDLED.load(Ordering::Relaxed);
    let counters = storyline::counters();
    assert_eq!(counters.accepted, THREADS * steps + calls, "{counters}");
    assert_eq!(
        (counters.pending, counters.written),
        (0, THREADS * steps + kept),
        "{counters}"
    );
    let lost = dropped(&counters.dropped, Reason::Reentrant);
    assert_eq!(
        (lost, counters.dropped_total()),
        (calls - kept, lost),
        "{counters}"
    );
    assert_eq!(
        told(records, "all", Reason::Reentrant),
        lost,
        "the log says so"
    );
    assert!(kept > THREADS, "no handler ran between calls");
    say(&format!(
        "{calls} calls from handlers, {kept} kept, {lost} counted"
    ));
}

/// Raises a signal on the calling thread when it is all but gone.
fn raise_at_the_very_end() {
    static KEY: OnceLock<libc::pthread_key_t> = OnceLock::new();
    /// Called round after round for as long as there is a value, the library's own destructors in the first.
    extern "C" fn destroy(round: *mut libc::c_void) {
        if round.addr() < 3 {
            let next = std::ptr::without_provenance(round.addr() + 1);
            let key = *KEY.get().expect("made before");
            // SAFETY: the key was made, and nobody follows the pointer.
            unsafe { libc::pthread_setspecific(key, next) };
        } else {
            // SAFETY: there is a handler for it, and it does nothing but log.
            unsafe { libc::raise(libc::SIGUSR1) };
        }
    }
    let key = *KEY.get_or_init(|| {
        let mut key = 0;
        // SAFETY: the pointer is to a live value, and the destructor is a function of this program.
        let made = unsafe { libc::pthread_key_create(&raw mut key, Some(destroy)) };
        assert_eq!(made, 0);
        key
    });
    // SAFETY: the key was made, and nobody follows the pointer.
    unsafe { libc::pthread_setspecific(key, std::ptr::without_provenance(1)) };
}

alone! {
    fn a_handler_logs_when_its_thread_has_no_handle_of_its_own_any_more() {
        let memory = Memory::new();
        let guard = storyline::setup("test").sink(sink::memory(&memory)).start().expect("starts");
        install(libc::SIGUSR1);
        handler(0);
        let thread = |name: &str, run: fn()| {
            let thread = std::thread::Builder::new().name(name.to_owned()).spawn(run);
            thread.expect("a thread").join().expect("no panic");
        };
        thread("last_words", raise_at_the_very_end);
        // Elsewhere a name is not cut where the system would.
        thread("a_name_that_is_longer", || log_event!(INFO, "step"));
        guard.flush(SOON).expect("written");
        let threads: Vec<_> = memory.records().into_iter().filter_map(|it| it.thread).collect();
        assert_eq!(threads[1..], ["last_words", "a_name_that_is_longer"]);
    }

    fn handlers_that_interrupt_calls_are_kept_or_counted_and_cost_nobody_else() {
        let steps = 60_000;
        judge(&under_storms(steps, |_, _| {}), steps);
    }

    fn handlers_that_wake_the_background_thread_do_not_wait_for_themselves() {
        let steps = 3_000;
        URGENT.store(true, Ordering::Relaxed);
        // Pauses of all lengths, in which the background thread goes to sleep.
        let pause = |thread: u64, n: u64| {
            std::thread::sleep(Duration::from_micros((n + thread) * 37 % 400));
        };
        judge(&under_storms(steps, pause), steps);
    }

    fn handlers_may_interrupt_whatever_else_is_asked_of_the_library() {
        let steps = 4_000;
        let ask = |_, n: u64| match n % 16 {
            0 => storyline::set_directives("info").expect("good"),
            4 => drop(storyline::counters()),
            8 => storyline::flush(SOON).expect("written"),
            12 => drop(storyline::request_scope("req-7")),
            _ => {}
        };
        judge(&under_storms(steps, ask), steps);
    }
}
