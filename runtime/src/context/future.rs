//! Contexts for futures: entered for each poll and for the drop, taken back in between.

use core::fmt;
use core::future::Future;
use core::pin::Pin;
use core::task::{self, Poll};

use super::{Context, RequestId};

/// Binds a context to a future, wherever it is polled.
///
/// The context is current while the future is polled and while it is dropped, and at no other time:
/// whatever else runs on the thread in between does not see it.
///
/// ```
/// use storyline::{Context, FutureExt};
///
/// # fn block_on<F: std::future::Future>(future: F) -> F::Output {
/// #     let mut future = std::pin::pin!(future);
/// #     let mut context = std::task::Context::from_waker(std::task::Waker::noop());
/// #     loop {
/// #         if let std::task::Poll::Ready(value) = future.as_mut().poll(&mut context) {
/// #             return value;
/// #         }
/// #     }
/// # }
/// let work = async { Context::current().request_id().map(str::to_owned) };
/// assert_eq!(block_on(work.in_request("abc123")).as_deref(), Some("abc123"));
/// ```
pub trait FutureExt: Future + Sized {
    /// Runs this future inside a request. Bound fields and trace are those that are current where
    /// this is called.
    ///
    /// An id from outside is checked as by [`request_scope`](super::request_scope); a refused one is
    /// replaced, with a WARNING `invalid_request_id`.
    fn in_request(self, id: impl AsRef<str>) -> InContext<Self> {
        let (context, id) = request_in(&Context::current(), id.as_ref());
        InContext {
            future: Some(self),
            context,
            bound: Bound::Request(id),
        }
    }

    /// Runs this future inside a context: one from `context_of!`, or [`Context::current`] to take the
    /// present one along to a spawned task.
    ///
    /// ```
    /// use storyline::{FutureExt, context_of};
    ///
    /// # let mut task = std::task::Context::from_waker(std::task::Waker::noop());
    /// let logged = storyline::testing::capture(|| {
    ///     let work = async { storyline::info!("order_read") };
    ///     let work = work.in_request("abc123").in_context(context_of!(tenant = "acme"));
    ///     // An executor would poll it.
    ///     assert!(std::pin::pin!(work).poll(&mut task).is_ready());
    /// });
    /// logged.assert_logged("order_read").with("tenant", "acme").in_request("abc123");
    /// ```
    fn in_context(self, context: Context) -> InContext<Self> {
        InContext {
            future: Some(self),
            context,
            bound: Bound::Context,
        }
    }
}

/// The context with a request of this id in it; a refused id is told there.
fn request_in(context: &Context, id: &str) -> (Context, RequestId) {
    let (id, refused) = RequestId::accept(id.as_bytes());
    let context = context.with_request(&id);
    if let Some(length) = refused {
        let _inside = context.enter();
        super::report::refused_request_id(length);
    }
    (context, id)
}

/// What was said about a future's context, as opposed to what was current there.
#[derive(Debug)]
enum Bound {
    Request(RequestId),
    Context,
    Both,
}

/// What is said first stands nearest to the future. These come before the methods of [`FutureExt`], which would put
/// one context around another and lose what only the outer one says.
impl<F: Future> InContext<F> {
    /// Puts the request into the context that this future has: `.in_context(..).in_request(..)` has both.
    pub fn in_request(mut self, id: impl AsRef<str>) -> Self {
        if let Bound::Context = self.bound {
            self.context = request_in(&self.context, id.as_ref()).0;
            self.bound = Bound::Both;
        }
        self
    }

    /// Gives this future's request the fields and the trace of a context: `.in_request(..).in_context(..)` has both.
    /// Where it has a context already, that one counts.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "called like the method of `FutureExt`"
    )]
    pub fn in_context(mut self, context: Context) -> Self {
        if let Bound::Request(id) = &self.bound {
            self.context = context.with_request(id);
            self.bound = Bound::Both;
        }
        self
    }
}

impl<F: Future> FutureExt for F {}

pin_project_lite::pin_project! {
    /// A future with a context, made by the methods of [`FutureExt`]. Its output is that of the future.
    #[must_use = "a future does nothing until it is polled"]
    pub struct InContext<F> {
        // Empty only while this is being dropped: the future has to go while its context is current.
        #[pin]
        future: Option<F>,
        context: Context,
        bound: Bound,
    }

    impl<F> PinnedDrop for InContext<F> {
        fn drop(this: Pin<&mut Self>) {
            let mut this = this.project();
            let _inside = this.context.enter();
            this.future.set(None);
        }
    }
}

impl<F: Future> Future for InContext<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, task: &mut task::Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        let _inside = this.context.enter();
        match this.future.as_pin_mut() {
            Some(future) => future.poll(task),
            None => Poll::Pending,
        }
    }
}

impl<F: fmt::Debug> fmt::Debug for InContext<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InContext")
            .field("future", &self.future)
            .field("context", &self.context)
            .field("bound", &self.bound)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use core::future::{pending, poll_fn};
    use std::sync::{Arc, Mutex};
    use std::task::Waker;

    use super::*;

    fn current_id() -> Option<String> {
        Context::current().request_id().map(str::to_owned)
    }

    fn poll_once<F: Future>(future: Pin<&mut F>) -> Poll<F::Output> {
        future.poll(&mut task::Context::from_waker(Waker::noop()))
    }

    #[test]
    fn each_poll_has_the_context_and_nothing_leaks_in_between() {
        let yields = || {
            let mut polls = 0;
            poll_fn(move |_| {
                polls += 1;
                if polls == 2 {
                    Poll::Ready(current_id())
                } else {
                    Poll::Pending
                }
            })
        };
        let mut one = core::pin::pin!(yields().in_request("one"));
        let mut two = core::pin::pin!(yields().in_request("two"));
        assert_eq!(poll_once(one.as_mut()), Poll::Pending);
        assert_eq!(current_id(), None);
        assert_eq!(poll_once(two.as_mut()), Poll::Pending);
        assert_eq!(poll_once(one.as_mut()), Poll::Ready(Some("one".to_owned())));
        assert_eq!(poll_once(two.as_mut()), Poll::Ready(Some("two".to_owned())));
        assert_eq!(current_id(), None);
    }

    #[test]
    fn a_future_is_dropped_inside_its_context() {
        struct OnDrop(Arc<Mutex<Option<String>>>);
        impl Drop for OnDrop {
            fn drop(&mut self) {
                *self.0.lock().expect("not poisoned") = current_id();
            }
        }
        let seen = Arc::new(Mutex::new(None));
        let held = OnDrop(Arc::clone(&seen));
        let mut future = Box::pin(
            async move {
                let _held = held;
                pending::<()>().await;
            }
            .in_request("left"),
        );
        assert_eq!(poll_once(future.as_mut()), Poll::Pending);
        drop(future);
        assert_eq!(seen.lock().expect("not poisoned").as_deref(), Some("left"));
        assert_eq!(current_id(), None);
    }

    #[test]
    fn a_refused_id_is_replaced() {
        let mut future = core::pin::pin!(async { current_id() }.in_request("no\nline"));
        let Poll::Ready(Some(id)) = poll_once(future.as_mut()) else {
            panic!("a request id expected");
        };
        assert!(id.parse::<RequestId>().is_ok());
    }
}
