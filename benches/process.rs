//! What the system knows of this process: the time its threads have used, its memory, its files. Read from
//! `/proc`, so on Linux only; elsewhere every figure is zero.

use std::fs;

/// Nanoseconds on a processor of the threads with this name.
pub fn thread_nanos(name: &str) -> u64 {
    let Ok(tasks) = fs::read_dir("/proc/self/task") else {
        return 0;
    };
    let nanos = tasks.filter_map(|task| {
        let path = task.ok()?.path();
        let comm = fs::read_to_string(path.join("comm")).ok()?;
        if comm.trim_end() != name {
            return None;
        }
        first_number(&fs::read_to_string(path.join("schedstat")).ok()?)
    });
    nanos.sum()
}

/// Nanoseconds on a processor of the calling thread.
pub fn own_nanos() -> u64 {
    let text = fs::read_to_string("/proc/thread-self/schedstat");
    text.ok().and_then(|text| first_number(&text)).unwrap_or(0)
}

fn first_number(text: &str) -> Option<u64> {
    text.split_ascii_whitespace().next()?.parse().ok()
}
