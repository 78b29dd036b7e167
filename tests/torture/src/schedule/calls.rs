//! The calls of a schedule: what was called, and what of it the logger had to accept.

use core::cell::Cell;
use core::fmt;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use storyline::{Level, log_event};

use crate::step::{LEVELS, Random};

/// Directives, and from which level on each of the two targets is wanted by them; none for never.
pub(crate) struct Directives {
    pub(crate) words: &'static str,
    wanted: [Option<Level>; 2],
}

pub(crate) const DIRECTIVES: [Directives; 6] = [
    Directives {
        words: "trace",
        wanted: [Some(Level::Trace), Some(Level::Trace)],
    },
    Directives {
        words: "info",
        wanted: [Some(Level::Info), Some(Level::Info)],
    },
    Directives {
        words: "off",
        wanted: [None, None],
    },
    Directives {
        words: "error,schedule::a=trace",
        wanted: [Some(Level::Trace), Some(Level::Error)],
    },
    Directives {
        words: "debug,schedule::b=off",
        wanted: [Some(Level::Debug), None],
    },
    Directives {
        words: "off,schedule=warning,schedule::b=info",
        wanted: [Some(Level::Warning), Some(Level::Info)],
    },
];

/// Counts of all calls.
pub(crate) struct Calls {
    /// Directives change only while nobody logs, so that it is known of each call whether it is wanted.
    is_exact: bool,
    lowest: Option<Level>,
    directives: AtomicUsize,
    started: AtomicU64,
    returned: AtomicU64,
    held: AtomicU64,
    faults: Mutex<Vec<String>>,
}

/// Logs when its thread is almost gone.
struct LastWords {
    calls: Arc<Calls>,
    thread: u64,
}

impl Drop for LastWords {
    fn drop(&mut self) {
        self.calls.log(
            self.thread,
            u64::MAX >> 8,
            &mut Random::of(&[self.thread]),
            "",
        );
    }
}

thread_local! {
    static LAST_WORDS: Cell<Option<LastWords>> = const { Cell::new(None) };
}

/// A value that logs while it is shown.
#[derive(Clone, Copy)]
struct Nested<'a> {
    calls: &'a Calls,
    thread: u64,
    seq: u64,
}

impl fmt::Display for Nested<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.calls.log(
            self.thread,
            self.seq,
            &mut Random::of(&[self.seq]),
            "nested",
        );
        f.write_str("shown")
    }
}

impl Calls {
    pub(crate) fn new(is_exact: bool, lowest: Option<Level>) -> Self {
        Self {
            is_exact,
            lowest,
            directives: AtomicUsize::new(0),
            started: AtomicU64::new(0),
            returned: AtomicU64::new(0),
            held: AtomicU64::new(0),
            faults: Mutex::default(),
        }
    }

    pub(crate) fn is_exact(&self) -> bool {
        self.is_exact
    }

    pub(crate) fn set_directives(&self, index: usize) {
        self.directives.store(index, Ordering::Release);
    }

    /// Wanted calls that have begun.
    pub(crate) fn started(&self) -> u64 {
        self.started.load(Ordering::Acquire)
    }

    /// Wanted calls that have returned.
    pub(crate) fn returned(&self) -> u64 {
        self.returned.load(Ordering::Acquire)
    }

    /// Wanted calls that an option has held back.
    pub(crate) fn held(&self) -> u64 {
        self.held.load(Ordering::Acquire)
    }

    pub(crate) fn take_faults(&self) -> Vec<String> {
        std::mem::take(&mut self.faults.lock().expect("nobody panics"))
    }

    fn is_wanted(&self, level: Level, target: usize) -> bool {
        let wanted = DIRECTIVES[self.directives.load(Ordering::Acquire)].wanted[target];
        wanted.is_some_and(|wanted| level >= wanted)
            && self.lowest.is_none_or(|lowest| level >= lowest)
    }

    /// What one thread does.
    pub(crate) fn log_and_die(self: Arc<Self>, thread: u64, mut random: Random) {
        if random.below(2) == 0 {
            let calls = Arc::clone(&self);
            LAST_WORDS.set(Some(LastWords { calls, thread }));
        }
        let count = if random.below(8) == 0 {
            random.below(3)
        } else {
            random.below(900)
        };
        let pause = random.below(4);
        let large = "large ".repeat(random.index(8_000));
        for step in 1..=count {
            let seq = step * 2;
            let nested = Nested {
                calls: &self,
                thread,
                seq: seq - 1,
            };
            match random.below(100) {
                0 => self.log_shown(nested, seq),
                1..4 => self.log(thread, seq, &mut random, &large),
                4..10 => self.log_gated(thread, seq),
                _ => {
                    let end = random.index(300);
                    self.log(
                        thread,
                        seq,
                        &mut random,
                        large.get(..end).unwrap_or("small"),
                    );
                }
            }
            if pause > 0 && random.below(1 << (pause * 2)) == 0 {
                std::thread::sleep(Duration::from_micros(random.below(400)));
            }
        }
    }

    /// Calls with whatever counts it.
    fn count(&self, level: Level, target: usize, call: impl FnOnce(&Cell<u64>)) -> u64 {
        let is_wanted = self.is_wanted(level, target);
        let evaluated = Cell::new(0);
        if is_wanted || !self.is_exact {
            self.started.fetch_add(1, Ordering::AcqRel);
        }
        call(&evaluated);
        if if self.is_exact {
            is_wanted
        } else {
            evaluated.get() > 0
        } {
            self.returned.fetch_add(1, Ordering::AcqRel);
        }
        evaluated.get()
    }

    fn log(&self, thread: u64, seq: u64, random: &mut Random, payload: &str) {
        let (level, target) = (LEVELS[random.index(LEVELS.len())], random.index(2));
        let evaluated = self.count(level, target, |evaluated| {
            let number = || {
                evaluated.set(evaluated.get() + 1);
                seq
            };
            if target == 0 {
                log_event!(
                    (level),
                    target = "schedule::a",
                    "step",
                    thread,
                    seq = number(),
                    payload
                );
            } else {
                log_event!(
                    (level),
                    target = "schedule::b",
                    "step",
                    thread,
                    seq = number(),
                    payload
                );
            }
        });
        self.check_evaluated(level, target, evaluated);
    }

    fn check_evaluated(&self, level: Level, target: usize, evaluated: u64) {
        let is_right = evaluated == u64::from(self.is_wanted(level, target));
        if evaluated > 1 || self.is_exact && !is_right {
            let text =
                format!("{level} for target {target}: arguments were evaluated {evaluated} times");
            self.faults.lock().expect("nobody panics").push(text);
        }
    }

    fn log_shown(&self, nested: Nested<'_>, seq: u64) {
        let thread = nested.thread;
        let evaluated = self.count(Level::Warning, 0, |evaluated| {
            let number = || {
                evaluated.set(evaluated.get() + 1);
                seq
            };
            log_event!(WARNING, target = "schedule::a", "step", thread, seq = number(), shown = %nested);
        });
        self.check_evaluated(Level::Warning, 0, evaluated);
    }

    /// One call in three is let through.
    fn log_gated(&self, thread: u64, seq: u64) {
        let is_wanted = self.is_wanted(Level::Error, 0);
        let evaluated = Cell::new(false);
        let number = || {
            evaluated.set(true);
            self.started.fetch_add(1, Ordering::AcqRel);
            seq
        };
        log_event!(
            ERROR,
            target = "schedule::a",
            every(3),
            "step",
            thread,
            seq = number()
        );
        if evaluated.get() {
            self.returned.fetch_add(1, Ordering::AcqRel);
        } else if is_wanted {
            self.held.fetch_add(1, Ordering::AcqRel);
        }
    }
}
