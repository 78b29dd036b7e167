//! Capturing what a piece of code logged, for tests.
//!
//! A capture takes the records of the code it runs, of all levels that were compiled in, and of every
//! thread and task that got the [`Context`](crate::Context) along. Tests that run in parallel see only
//! their own records, no [`setup`](fn@crate::setup) is needed, and nothing reaches a log. Options that
//! hold calls back (`once`, `every`, ...) do so here, too.
//!
//! ```
//! use storyline::testing::capture;
//!
//! let captured = capture(|| {
//!     let _request = storyline::request_scope("not an id");
//! });
//! captured.assert_logged("invalid_request_id").with("length", 9);
//! captured.assert_count("invalid_request_id", 1);
//! captured.assert_not_logged("payment_failed");
//! ```

mod asserted;
mod captured;
mod store;

use core::future::Future;

pub use asserted::Logged;
pub use captured::Captured;

use crate::context::FutureExt;
use store::Store;

/// Runs a closure and gives what it logged.
///
/// Threads and tasks that it starts belong to the capture when they enter
/// [`Context::current()`](crate::Context::current) of the closure; only what they log before this
/// returns is in it, so wait for them.
///
/// ```
/// use storyline::{Context, testing::capture};
///
/// let logged = capture(|| {
///     storyline::info!("import_started");
///     let context = Context::current();
///     let worker = std::thread::spawn(move || {
///         let _inside = context.enter();
///         storyline::debug!("row_read", row = 1);
///     });
///     worker.join().unwrap();
/// });
/// assert_eq!(logged.events(), ["import_started", "row_read"]);
/// ```
pub fn capture<T>(run: impl FnOnce() -> T) -> Captured {
    capture_value(run).1
}

/// Runs a closure and gives its value and what it logged; otherwise as [`capture`].
///
/// ```
/// use storyline::testing::capture_value;
///
/// let (total, logged) = capture_value(|| {
///     storyline::info!("order_summed");
///     42
/// });
/// assert_eq!(total, 42);
/// logged.assert_count("order_summed", 1);
/// ```
pub fn capture_value<T>(run: impl FnOnce() -> T) -> (T, Captured) {
    let store = Store::open();
    let value = {
        let _inside = store.context().enter();
        run()
    };
    (value, store.close())
}

/// Runs a future and gives its value and what it logged, wherever it is polled.
///
/// ```
/// # fn block_on<F: std::future::Future>(future: F) -> F::Output {
/// #     let mut future = std::pin::pin!(future);
/// #     let mut context = std::task::Context::from_waker(std::task::Waker::noop());
/// #     loop {
/// #         if let std::task::Poll::Ready(value) = future.as_mut().poll(&mut context) {
/// #             return value;
/// #         }
/// #     }
/// # }
/// use storyline::testing::capture_async;
///
/// # block_on(async {
/// let (answer, captured) = capture_async(async {
///     let _request = storyline::request_scope("");
///     42
/// })
/// .await;
/// assert_eq!(answer, 42);
/// captured.assert_logged("invalid_request_id").with("length", 0);
/// # });
/// ```
pub async fn capture_async<F: Future>(future: F) -> (F::Output, Captured) {
    let store = Store::open();
    let value = future.in_context(store.context()).await;
    (value, store.close())
}
