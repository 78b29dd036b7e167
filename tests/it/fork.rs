//! A process that is forked after set-up logs for itself, and leaves alone what is its parent's.

use std::collections::BTreeMap;
use std::fs;
use std::time::{Duration, Instant};

use crate::alone::{Place, SOON, alone};
use crate::ledger::{dropped, numbers, records};
use storyline::log_event;
use storyline::parse::parse;
use storyline::sink::{self, Memory};
use storyline::{Reason, Recorder, ValueBuf};

#[expect(unsafe_code, reason = "forking is what is tested")]
pub(crate) fn fork() -> libc::pid_t {
    // SAFETY: the child calls nothing that a lock of another thread could keep, but for the allocator and
    // the library under test, both of which prepare for a fork.
    unsafe { libc::fork() }
}

/// The exit code of a child, once it has ended; it is killed when that takes too long.
#[expect(unsafe_code, reason = "`std` knows only children that it has started")]
pub(crate) fn code_of(child: libc::pid_t, longest: Duration) -> Option<i32> {
    let start = Instant::now();
    let mut status = 0;
    loop {
        // SAFETY: the pointer is to an integer that the call may write.
        let ended = unsafe { libc::waitpid(child, &raw mut status, libc::WNOHANG) };
        if ended == child {
            return libc::WIFEXITED(status).then(|| libc::WEXITSTATUS(status));
        }
        if start.elapsed() > longest {
            // SAFETY: a child that was not waited for still has its number.
            unsafe { libc::kill(child, libc::SIGKILL) };
            panic!("the child neither ends nor fails");
        }
        std::thread::sleep(Duration::from_micros(500));
    }
}

alone! {
    fn a_forked_process_logs_flushes_and_ends_for_itself() {
        let memory = Memory::new();
        let guard = storyline::setup("x")
            .sink(sink::memory(&memory))
            .ring_bytes(64 * 1024)
            .start()
            .expect("starts");
        log_event!(INFO, "before");
        guard.flush(SOON).expect("written");
        let known = memory.records().len();
        let child = fork();
        if child == 0 {
            let quiet = storyline::flush(SOON).is_ok();
            // Far more than its ring holds.
            for n in 0..5_000_u64 {
                log_event!(ERROR, "in_the_child", n);
            }
            let written = storyline::flush(SOON).is_ok();
            let own = memory.records().len() - known;
            let counters = storyline::counters();
            let is_exact = counters.accepted == 5_000 && counters.written == 5_000;
            drop(guard);
            std::process::exit(if quiet && written && own == 5_000 && is_exact { 7 } else { 8 });
        }
        assert!(child > 0, "no child was made");
        assert_eq!(code_of(child, SOON), Some(7));
        log_event!(INFO, "after");
        guard.flush(SOON).expect("the parent goes on");
        let events: Vec<_> = memory.records().into_iter().map(|it| it.event).collect();
        assert_eq!(events, ["before", "after"]);
    }

    fn what_runs_around_a_fork_may_log_and_never_into_the_ring_of_its_parent() {
        let place = Place::new("around-a-fork");
        let log = place.join("a.log");
        // Before ours: so these run between our own and the fork.
        around::install();
        let guard = storyline::setup("x")
            .sink(sink::file(&log))
            .recorder(Recorder::at(place.join("recorder")))
            .start()
            .expect("starts");
        let steps = |from: u64| (from..from + 10).for_each(|n| log_event!(INFO, "step", n));
        steps(0);
        around::log();
        let child = fork();
        if child == 0 {
            steps(100);
            let written = storyline::flush(SOON).is_ok();
            let counters = storyline::counters();
            let is_exact = (counters.accepted, counters.written) == (10, 10);
            std::process::exit(if written && is_exact { 7 } else { 8 });
        }
        assert!(child > 0, "no child was made");
        steps(10);
        guard.flush(SOON).expect("written");
        // Only now the child logs before our own handlers have run there.
        around::go_on();
        assert_eq!(code_of(child, SOON), Some(7));
        steps(20);
        guard.flush(SOON).expect("the parent goes on");

        // Both calls, before and behind, at the known site and at the new one.
        let counters = storyline::counters();
        assert_eq!((counters.accepted, counters.written), (35, 31), "{counters}");
        assert_eq!(dropped(&counters.dropped, Reason::Reentrant), 4, "{counters}");
        drop(guard);
        let (own, childs): (Vec<_>, Vec<_>) = records(&log)
            .into_iter()
            .filter(|it| it.event != "records_dropped")
            .partition(|it| it.pid == std::process::id());
        assert_eq!(numbers(&own, "step"), (0..30).collect::<Vec<_>>());
        assert_eq!(own.len(), 31, "{own:?}");
        assert_eq!(numbers(&childs, "step"), (100..110).collect::<Vec<_>>());
        assert_eq!(childs.len(), 10, "{childs:?}");
    }

    fn forks_out_of_a_busy_parent_lose_and_double_nothing() {
        let forks: u64 = std::env::var("STORYLINE_FORKS").map_or(60, |it| it.parse().expect("a number"));
        let place = std::env::temp_dir().join(format!("storyline-forks-{}", std::process::id()));
        let log = place.join("a.log");
        let guard = storyline::setup("x")
            .sink(sink::file(&log))
            .recorder(Recorder::at(place.join("recorder")))
            .start()
            .expect("starts");
        let stop = std::sync::atomic::AtomicBool::new(false);
        let (stop, mut logged) = (&stop, Vec::new());
        std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8_u64)
                .map(|thread| {
                    scope.spawn(move || {
                        let mut n = 0_u64;
                        while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                            log_event!(INFO, "in_the_parent", thread, n);
                            n += 1;
                            std::thread::sleep(Duration::from_micros(200));
                        }
                        n
                    })
                })
                .collect();
            for number in 0..forks {
                let child = fork();
                if child == 0 {
                    in_a_child(number);
                }
                assert!(child > 0, "no child was made");
                assert_eq!(code_of(child, SOON), Some(0), "child {number}");
            }
            stop.store(true, std::sync::atomic::Ordering::Relaxed);
            logged.extend(threads.into_iter().map(|it| it.join().expect("no panic")));
        });
        drop(guard);

        let mut parents: BTreeMap<u64, Vec<u64>> = BTreeMap::new();
        let mut children: BTreeMap<u64, (u32, Vec<u64>)> = BTreeMap::new();
        let own = std::process::id();
        for line in fs::read_to_string(&log).expect("the log").lines() {
            let record = parse(line).expect("a whole line");
            let number = |key: &str| match record.field(key) {
                Some(ValueBuf::Int(it)) => u64::try_from(*it).expect("a count"),
                other => panic!("{key} is {other:?} in {line}"),
            };
            if record.event == "in_the_parent" {
                assert_eq!(record.pid, own, "{line}");
                parents.entry(number("thread")).or_default().push(number("n"));
            } else if record.event == "in_the_child" {
                assert_ne!(record.pid, own, "{line}");
                let child = children.entry(number("number")).or_insert((record.pid, Vec::new()));
                assert_eq!(child.0, record.pid, "{line}");
                child.1.push(number("n"));
            } else {
                panic!("nothing else was logged: {line}");
            }
        }
        for (thread, count) in logged.iter().enumerate() {
            let seen = &parents[&(thread as u64)];
            assert!(seen.iter().copied().eq(0..*count), "thread {thread}: {} of {count}", seen.len());
        }
        for number in 0..forks {
            let expected = if number % 3 == 2 { None } else { Some((0..10).collect::<Vec<_>>()) };
            assert_eq!(children.get(&number).map(|it| it.1.clone()), expected, "child {number}");
        }
        fs::remove_dir_all(place).expect("removed");
    }
}

/// What others have registered for a fork, standing for a signal handler that comes at that moment.
mod around {
    #![expect(unsafe_code, reason = "registering and pipes are system calls")]

    use std::sync::atomic::{AtomicI32, Ordering};

    use storyline::log_event;

    static READ: AtomicI32 = AtomicI32::new(-1);
    static WRITE: AtomicI32 = AtomicI32::new(-1);

    unsafe extern "C" {
        fn pthread_atfork(
            prepare: Option<extern "C" fn()>,
            parent: Option<extern "C" fn()>,
            child: Option<extern "C" fn()>,
        ) -> libc::c_int;
    }

    /// From one site.
    pub(super) fn log() {
        log_event!(INFO, "around");
    }

    extern "C" fn before() {
        log();
        log_event!(INFO, "new_before");
    }

    extern "C" fn in_parent() {
        log();
        log_event!(INFO, "new_in_parent");
    }

    extern "C" fn in_child() {
        let mut byte = 0_u8;
        // SAFETY: the buffer has one byte.
        let read = unsafe { libc::read(READ.load(Ordering::Relaxed), (&raw mut byte).cast(), 1) };
        assert_eq!(read, 1);
        log();
        log_event!(INFO, "new_in_child");
    }

    pub(super) fn install() {
        let mut ends = [0; 2];
        // SAFETY: room for two descriptors.
        assert_eq!(unsafe { libc::pipe(ends.as_mut_ptr()) }, 0);
        READ.store(ends[0], Ordering::Relaxed);
        WRITE.store(ends[1], Ordering::Relaxed);
        // SAFETY: the signature is that of POSIX, and all three are functions of this program.
        let done = unsafe { pthread_atfork(Some(before), Some(in_parent), Some(in_child)) };
        assert_eq!(done, 0);
    }

    /// Lets the child log.
    pub(super) fn go_on() {
        // SAFETY: one byte of static memory.
        let written =
            unsafe { libc::write(WRITE.load(Ordering::Relaxed), c"x".as_ptr().cast(), 1) };
        assert_eq!(written, 1);
    }
}

/// Logs and exits, logs and starts another program, or only starts one.
fn in_a_child(number: u64) -> ! {
    use std::os::unix::process::CommandExt;

    if number % 3 != 2 {
        for n in 0..10_u64 {
            log_event!(INFO, "in_the_child", number, n);
        }
    }
    if number.is_multiple_of(3) {
        std::process::exit(0);
    }
    let written = storyline::flush(SOON).is_ok();
    if written {
        let _ = std::process::Command::new("true").exec();
    }
    std::process::exit(3);
}
