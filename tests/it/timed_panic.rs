//! How long a call that panicked took: without what a panic hook did meanwhile.

use std::panic::{AssertUnwindSafe, catch_unwind, set_hook};
use std::time::Duration;

use storyline::sink::{self, Memory};
use storyline::{ValueBuf, timed};

use crate::alone::{SOON, alone};
use crate::timed::poll_once;

const HOOK: Duration = Duration::from_millis(300);

#[timed]
fn breaks() {
    panic!("broken");
}

#[timed]
async fn breaks_later() {
    panic!("broken");
}

/// What took long before the hook is the call's own.
#[timed]
fn works_and_breaks() {
    std::thread::sleep(HOOK);
    panic!("broken");
}

/// A panic that was resumed runs no hook.
#[timed]
fn resumes() {
    std::thread::sleep(HOOK);
    std::panic::resume_unwind(Box::new("broken"));
}

alone! {
    fn the_hook_is_no_part_of_the_call() {
        // As a printed backtrace does, it takes its time.
        set_hook(Box::new(|_| std::thread::sleep(HOOK)));
        let memory = Memory::new();
        let guard = storyline::setup("x").sink(sink::memory(&memory)).start().expect("starts");
        for run in [
            &breaks as &dyn Fn(),
            &|| assert!(poll_once(Box::pin(breaks_later()).as_mut()).is_pending()),
            &works_and_breaks,
            &resumes,
        ] {
            catch_unwind(AssertUnwindSafe(run)).expect_err("it panics");
        }
        guard.flush(SOON).expect("written");
        let number = |key: &str| -> Vec<f64> {
            let records = memory.records().into_iter().filter(|it| it.event == "function_failed");
            records
                .filter_map(|it| match it.fields.into_iter().find(|(name, _)| name == key) {
                    Some((_, ValueBuf::Millis(millis))) => Some(millis),
                    _ => None,
                })
                .collect()
        };
        let durations = number("duration_ms");
        assert_eq!(durations.len(), 4);
        assert!(durations[0] < 200.0 && durations[1] < 200.0, "{durations:?}");
        assert!(durations[2] >= 300.0 && durations[3] >= 300.0, "{durations:?}");
        assert!(number("busy_ms")[0] < 200.0);
    }
}
