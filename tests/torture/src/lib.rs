//! Torture: a process that logs is ended in every way there is, and what its log says afterwards is held
//! against what it knew to be logged.
//!
//! The binary `victim` logs on several threads. After each call that returned it notes that in a page which
//! outlives it ([`oracle`]). When it is dead it is started once more, on the same log, to log one record and
//! end as it should. Then the [`judge`] reads the log.
//!
//! # Commands
//!
//! | what | command |
//! | --- | --- |
//! | all, in the short form | `cargo test -p storyline-torture` |
//! | ten thousand random kills | `STORYLINE_KILLS=10000 cargo test --release -p storyline-torture --test kill` |
//! | one seed again and again | `STORYLINE_SEED=7 STORYLINE_KILLS=100 cargo test -p storyline-torture --test kill` |

pub mod case;
pub mod judge;
pub mod oracle;
pub mod os;
pub mod schedule;
pub mod step;
