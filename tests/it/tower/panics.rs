//! How long a request that panicked took: without what a panic hook did meanwhile.

use std::convert::Infallible;
use std::panic::set_hook;
use std::time::Duration;

use ::tower::{Layer, ServiceExt};
use axum::http::{Request, Response};
use storyline::ValueBuf;
use storyline::sink::{self, Memory};
use storyline::tower::RequestLayer;

use crate::alone::{SOON, alone};

const HOOK: Duration = Duration::from_millis(300);

fn breaks(works: Duration) -> Result<Response<()>, Infallible> {
    std::thread::sleep(works);
    panic!("broken");
}

alone! {
    fn the_hook_is_no_part_of_the_request() {
        // As a printed backtrace does, it takes its time.
        set_hook(Box::new(|_| std::thread::sleep(HOOK)));
        let memory = Memory::new();
        let guard = storyline::setup("x").sink(sink::memory(&memory)).start().expect("starts");
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        runtime.block_on(async {
            for works in [Duration::ZERO, HOOK] {
                let service = ::tower::service_fn(move |_: Request<()>| async move { breaks(works) });
                let call = RequestLayer::new().layer(service).oneshot(Request::new(()));
                assert!(tokio::spawn(call).await.is_err_and(|it| it.is_panic()));
            }
        });
        guard.flush(SOON).expect("written");
        let records = memory.records().into_iter().filter(|it| it.event == "request_panicked");
        let durations: Vec<f64> = records
            .filter_map(|it| match it.field("duration_ms") {
                Some(ValueBuf::Millis(millis)) => Some(*millis),
                _ => None,
            })
            .collect();
        assert_eq!(durations.len(), 2);
        assert!(durations[0] < 200.0 && durations[1] >= 300.0, "{durations:?}");
    }
}
