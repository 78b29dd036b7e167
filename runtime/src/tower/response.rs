//! What becomes of a request: a response, an error, a panic, or nothing because it was dropped.

use core::fmt;
use core::future::Future;
use core::pin::Pin;
use core::task::{self, Poll};

use http::{HeaderName, HeaderValue, Response};

use super::records;
use crate::clock;
use crate::context::Context;
use crate::timed::hook;

/// How long a request has been here, and whether its end was told already.
#[derive(Debug)]
pub(super) struct Watch {
    started: u64,
    told: bool,
}

impl Watch {
    pub(super) fn start() -> Self {
        Self {
            started: clock::now(),
            told: false,
        }
    }

    fn ticks(&self) -> u64 {
        clock::now().saturating_sub(self.started)
    }

    /// Runs a step of the handler; a panic in it is told while it passes.
    pub(super) fn during<R>(&mut self, step: impl FnOnce() -> R) -> R {
        let unwinding = Unwinding(self);
        let value = step();
        core::mem::forget(unwinding);
        value
    }
}

/// Dropped only when a step did not come back.
struct Unwinding<'a>(&'a mut Watch);

impl Drop for Unwinding<'_> {
    fn drop(&mut self) {
        self.0.told = true;
        let started = self.0.started;
        records::panicked(hook::now_without(started).saturating_sub(started));
    }
}

pin_project_lite::pin_project! {
    /// The response of a [`RequestService`](super::RequestService), on its way. The context of the
    /// request is current while it is polled and while it is dropped.
    pub struct ResponseFuture<F> {
        // Empty only while this is being dropped: the handler has to go while its context is current.
        #[pin]
        future: Option<F>,
        context: Context,
        watch: Watch,
        header: HeaderName,
        id: Option<HeaderValue>,
    }

    impl<F> PinnedDrop for ResponseFuture<F> {
        fn drop(this: Pin<&mut Self>) {
            let mut this = this.project();
            let _inside = this.context.enter();
            let ticks = this.watch.ticks();
            this.future.set(None);
            if !this.watch.told {
                records::cancelled(ticks);
            }
        }
    }
}

impl<F> ResponseFuture<F> {
    pub(super) fn new(
        future: F,
        context: Context,
        watch: Watch,
        header: HeaderName,
        id: Option<HeaderValue>,
    ) -> Self {
        Self {
            future: Some(future),
            context,
            watch,
            header,
            id,
        }
    }
}

impl<F, A, E> Future for ResponseFuture<F>
where
    F: Future<Output = Result<Response<A>, E>>,
{
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, task: &mut task::Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        let Some(future) = this.future.as_pin_mut() else {
            return Poll::Pending;
        };
        let _inside = this.context.enter();
        let Poll::Ready(mut result) = this.watch.during(|| future.poll(task)) else {
            return Poll::Pending;
        };
        this.watch.told = true;
        match &mut result {
            Ok(response) => {
                records::sent(response.status(), this.watch.ticks());
                if let Some(id) = this.id.take() {
                    response.headers_mut().insert(this.header.clone(), id);
                }
            }
            Err(_) => records::failed(core::any::type_name::<E>(), this.watch.ticks()),
        }
        Poll::Ready(result)
    }
}

impl<F> fmt::Debug for ResponseFuture<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseFuture")
            .field("context", &self.context)
            .field("watch", &self.watch)
            .finish_non_exhaustive()
    }
}
