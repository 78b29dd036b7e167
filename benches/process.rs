//! What the system knows of this process: the time its threads have used, its memory, its files. Read from
//! `/proc`, so on Linux only; elsewhere every figure is zero.

use std::fs;
use std::path::PathBuf;

/// What the threads with one name have done so far.
#[derive(Clone, Copy, Debug, Default)]
pub struct Activity {
    /// Nanoseconds on a processor.
    pub nanos: u64,
    /// How often they went to sleep.
    pub sleeps: u64,
    /// How often the system took the processor from them.
    pub interruptions: u64,
}

impl Activity {
    /// What came on top since.
    #[must_use]
    pub fn since(self, before: Self) -> Self {
        Self {
            nanos: self.nanos - before.nanos,
            sleeps: self.sleeps - before.sleeps,
            interruptions: self.interruptions - before.interruptions,
        }
    }

    fn of_task(task: &str) -> Option<Self> {
        let status = fs::read_to_string(format!("{task}/status")).ok()?;
        Some(Self {
            nanos: first_number(&fs::read_to_string(format!("{task}/schedstat")).ok()?)?,
            sleeps: field(&status, "voluntary_ctxt_switches"),
            interruptions: field(&status, "nonvoluntary_ctxt_switches"),
        })
    }

    fn of_tasks(is_wanted: impl Fn(&str) -> bool) -> Self {
        let mut sum = Self::default();
        for task in entries("/proc/self/task") {
            let task = task.display().to_string();
            let name = fs::read_to_string(format!("{task}/comm")).unwrap_or_default();
            // A thread may end in between.
            if let Some(it) = Self::of_task(&task).filter(|_| is_wanted(name.trim_end())) {
                sum.nanos += it.nanos;
                sum.sleeps += it.sleeps;
                sum.interruptions += it.interruptions;
            }
        }
        sum
    }

    /// Of storyline's background thread.
    pub fn of_background() -> Self {
        Self::of_tasks(|name| name == "storyline")
    }

    /// Of all threads that live.
    pub fn of_process() -> Self {
        Self::of_tasks(|_| true)
    }
}

/// Nanoseconds on a processor of the calling thread.
pub fn own_nanos() -> u64 {
    Activity::of_task("/proc/thread-self")
        .unwrap_or_default()
        .nanos
}

/// Bytes of memory that are there, whatever is behind them.
pub fn resident_bytes() -> u64 {
    status("VmRSS") * 1024
}

/// Threads that live.
pub fn threads() -> u64 {
    status("Threads")
}

/// Files, pipes and sockets that are open.
pub fn open_files() -> usize {
    // One of them is the directory that is read here.
    entries("/proc/self/fd").len().saturating_sub(1)
}

/// What is in a directory; nothing where there is none.
pub fn entries(directory: impl Into<PathBuf>) -> Vec<PathBuf> {
    let entries = fs::read_dir(directory.into()).into_iter().flatten();
    entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect()
}

fn status(key: &str) -> u64 {
    field(
        &fs::read_to_string("/proc/self/status").unwrap_or_default(),
        key,
    )
}

fn field(text: &str, key: &str) -> u64 {
    let mut pairs = text.lines().filter_map(|line| line.split_once(':'));
    pairs
        .find(|(name, _)| *name == key)
        .and_then(|(_, value)| first_number(value))
        .unwrap_or(0)
}

fn first_number(text: &str) -> Option<u64> {
    text.split_ascii_whitespace().next()?.parse().ok()
}
