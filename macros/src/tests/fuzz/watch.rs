//! Notices a stream that does not come to an end. Measured is the processor's time of the thread that
//! works on it, so a busy machine makes no hang.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// A stream takes a thousandth of a second. In ticks of the system, of which a second has a hundred.
const MOST_TICKS: u64 = 3000;

/// What the thread that works says of itself.
pub(super) struct Progress {
    /// The number of the stream.
    at: AtomicU64,
    /// Where the system keeps the times of the thread, while it runs.
    times: std::sync::Mutex<Option<std::path::PathBuf>>,
}

impl Progress {
    /// Starts to watch; a hang ends the process, for a thread cannot be ended.
    pub(super) fn watched(seed: u64) -> Arc<Self> {
        let progress = Arc::new(Self {
            at: AtomicU64::new(u64::MAX),
            times: std::sync::Mutex::new(None),
        });
        let watched = Arc::downgrade(&progress);
        std::thread::spawn(move || {
            let mut last = (u64::MAX, 0);
            while let Some(progress) = watched.upgrade() {
                let at = progress.at.load(Ordering::Relaxed);
                if let Some(ticks) = progress.ticks() {
                    if last.0 != at || ticks < last.1 {
                        last = (at, ticks);
                    } else if ticks - last.1 > MOST_TICKS {
                        report(seed, at);
                    }
                }
                drop(progress);
                std::thread::sleep(Duration::from_millis(500));
            }
        });
        progress
    }

    /// Says that the calling thread is the one that works.
    pub(super) fn begin(&self) {
        // Where there is no such file there is no watch.
        let times = std::fs::canonicalize("/proc/thread-self/stat").ok();
        *self.times.lock().expect("nobody panics while holding it") = times;
    }

    pub(super) fn at(&self, stream: u64) {
        // ORDERING: a number to show; nothing is read by it.
        self.at.store(stream, Ordering::Relaxed);
    }

    /// The time that the thread has had, in user code and in the system.
    fn ticks(&self) -> Option<u64> {
        let times = self.times.lock().ok()?.clone()?;
        let text = std::fs::read_to_string(times).ok()?;
        // The name, in parentheses, may hold anything.
        let (_, fields) = text.rsplit_once(')')?;
        let fields: Vec<&str> = fields.split_whitespace().collect();
        Some(fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?)
    }
}

fn report(seed: u64, stream: u64) {
    use std::io::Write as _;
    let _ = writeln!(
        std::io::stderr(),
        "a hang: STORYLINE_FUZZ_SEED={seed} STORYLINE_FUZZ_FIRST={stream}"
    );
    std::process::abort();
}
