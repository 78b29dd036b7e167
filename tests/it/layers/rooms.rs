//! The table: every room and its side, what a side may import, and what breaks the rule on purpose.

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    Word,
    Hinge,
    Hot,
    Cold,
    Front,
}

use Side::{Cold, Front, Hinge, Hot, Word};

impl Side {
    pub(super) fn may_import(self, other: Self) -> bool {
        match self {
            Word => other == Word,
            Hinge => matches!(other, Word | Hinge),
            Hot => matches!(other, Word | Hinge | Hot),
            Cold => matches!(other, Word | Hinge | Cold),
            Front => true,
        }
    }
}

/// The rooms of `runtime/src`. `value/normal` is a file of its own side: it asks the formats and the
/// reader what becomes of a value, and nothing on the caller's thread does. `sys` is no room: each of
/// its files stands where the system call it wraps may be made.
pub(super) const ROOMS: &[(&str, Side)] = &[
    ("level", Word),
    ("error", Word),
    ("site", Word),
    ("gate", Word),
    ("calls", Word),
    ("samples", Word),
    ("template", Word),
    ("value", Word),
    ("secret", Word),
    ("scratch", Word),
    ("panic", Word),
    ("wire", Word),
    ("record", Word),
    ("calendar", Word),
    ("sys/mod", Hinge),
    ("sys/tsc", Hinge),
    ("sys/futex", Hinge),
    ("sys/mapping", Hinge),
    ("sys/membarrier", Hinge),
    ("sys/thread", Hinge),
    ("sync", Hinge),
    ("clock", Hinge),
    ("ring", Hinge),
    ("registry", Hinge),
    ("wake", Hinge),
    ("emit", Hot),
    ("own", Hot),
    ("local", Hot),
    ("context", Hot),
    ("timed", Hot),
    ("state", Hot),
    ("sys/exit", Cold),
    ("sys/fd", Cold),
    ("sys/fork", Cold),
    ("sys/lock", Cold),
    ("sys/signals", Cold),
    ("sys/space", Cold),
    ("sys/user", Cold),
    ("value/normal", Cold),
    ("assemble", Cold),
    ("merge", Cold),
    ("percentiles", Cold),
    ("metrics", Cold),
    ("filter", Cold),
    ("format", Cold),
    ("parse", Cold),
    ("scrub", Cold),
    ("sink", Cold),
    ("flight", Cold),
    ("backend", Cold),
    ("fallback", Cold),
    ("setup", Front),
    ("testing", Front),
    ("fuzzing", Front),
    ("tower", Front),
    ("macros", Front),
    ("private", Front),
    ("catalog", Front),
    ("lib", Front),
];

/// What breaks the rule, and why it may.
pub(super) const DOORS: &[(&str, &str, &str)] = &[
    (
        "site",
        "registry",
        "a call that nobody was asked about yet is decided there, once for each change of what is wanted",
    ),
    (
        "site",
        "sync",
        "what one thread decides of a site others read without a lock, so a model checks the atomics it stands in",
    ),
    (
        "local",
        "fallback",
        "when nobody has set anything up, a warning is written where it was made",
    ),
];

/// What no room above Cold may name: it blocks or does I/O.
pub(super) const BLOCKING: &[&str] = &[
    "std::fs",
    "std::io",
    "std::net",
    "std::process",
    "Mutex",
    "RwLock",
    "Condvar",
    "thread::sleep",
];

/// What a room above Cold names of it all the same, and why it may.
pub(super) const OUTSIDE: &[(&str, &str, &str)] = &[
    (
        "clock",
        "std::fs",
        "asked once in a process, before the first reading: does the kernel trust the counter",
    ),
    (
        "clock",
        "std::io",
        "as above: read into a buffer of its own, because an allocator may be what asks first",
    ),
    (
        "clock",
        "Mutex",
        "the latest calibration, for the background thread and for readers; a call reads ticks only",
    ),
    (
        "sync",
        "Mutex",
        "says whose lock it is, the standard library's or a model checker's; takes none",
    ),
    ("sync", "Condvar", "as for its lock"),
    (
        "sys/mapping",
        "std::fs",
        "an open file whose pages become memory: at set-up, and at a thread's first record where there is a recorder",
    ),
    (
        "sys/mapping",
        "std::io",
        "what a mapping that was refused answers with",
    ),
    (
        "wake",
        "std::process",
        "the number of the process, asked for before a wait or a wake, and at set-up",
    ),
    (
        "context",
        "std::process",
        "the number of this process, which sets a forked child's ids apart; nothing waits for it",
    ),
    (
        "registry",
        "Mutex",
        "taken by a thread's first record and a site's first call, never after that",
    ),
    (
        "wake",
        "Mutex",
        "the sleeper's handle, taken only to wake a thread that sleeps",
    ),
    (
        "registry",
        "thread::sleep",
        "the first records of a forked child: until another of its threads has started the background thread",
    ),
    (
        "wake",
        "thread::sleep",
        "a lock that a fork asks for: until the moment that the fork has set itself",
    ),
];

/// What a side alone would allow, and these rooms must not know.
pub(super) const NEVER: &[(&str, &[&str], &str)] = &[
    (
        "ring",
        &[
            "level", "site", "record", "value", "wire", "registry", "wake",
        ],
        "a ring carries bytes; whose they are, and what to do when it is full, is decided elsewhere",
    ),
    (
        "format",
        &["ring", "registry", "backend", "sink", "wake"],
        "a formatter turns a record into text, wherever the record comes from",
    ),
    (
        "parse",
        &["ring", "registry", "backend", "sink", "wake"],
        "a reader works on a file alone, long after the process",
    ),
    (
        "sink",
        &["ring", "registry", "wire", "backend", "wake"],
        "a sink writes text and knows nothing of where it came from",
    ),
];

/// Where `unsafe` may stand below `runtime/src`, by how a path begins.
pub(super) const UNSAFE: &[&str] = &["ring/", "flight/ring_file.rs", "sys/"];

/// Lines of code that these places may have together: what one person can read in one sitting.
pub(super) const UNSAFE_LINES: usize = 1_000;
