//! Torture: a process that logs is ended in every way there is, and what its log says afterwards is held
//! against what it knew to be logged.
//!
//! The binary `victim` logs on several threads. After each call that returned it notes that in a page which
//! outlives it ([`oracle`]). When it is dead it is started once more, on the same log, to log one record and
//! end as it should. Then the [`judge`] reads the log. A [`schedule`] of faults runs inside one victim, which
//! holds the counters against its calls and against what its sinks were given.
//!
//! # Commands
//!
//! | what | command |
//! | --- | --- |
//! | all, in the short form | `cargo test -p storyline-torture` |
//! | ten thousand random kills | `STORYLINE_KILLS=10000 cargo test -p storyline-torture --test kill` |
//! | one seed of them again and again | `STORYLINE_SEED=7 STORYLINE_KILLS=100 cargo test -p storyline-torture --test kill` |
//! | a kill at every system call (needs `strace`) | `cargo test -p storyline-torture --test syscalls` |
//! | every other end of a process | `cargo test -p storyline-torture --test ends` |
//! | ten thousand schedules of faults | `STORYLINE_SCHEDULES=10000 cargo test -p storyline-torture --test accounting` |
//! | one schedule | `STORYLINE_SEED=7 cargo test -p storyline-torture --test accounting` |
//!
//! A case that fails prints its seed and such a command, and its directory is kept. The kernel still decides
//! where exactly a kill falls, so a seed of kills may need many runs.

pub mod case;
pub mod judge;
pub mod oracle;
pub mod os;
pub mod schedule;
pub mod step;
