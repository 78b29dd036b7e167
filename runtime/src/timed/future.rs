//! Sees how a future was left. The clock starts with the first poll, as the body does, and stops when
//! the future is ready, not when it is dropped. A future that was never polled did nothing and leaves
//! no record.

use core::fmt;
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};

use pin_project_lite::pin_project;

use super::call::{Begun, Call};
use super::ending::Polled;
use super::guard::OnUnwind;
use super::hook;
use super::outcome::{Judged, Outcome};
use crate::clock;
use crate::wire::Encode;

pin_project! {
    /// A future whose call is recorded when it is ready, panics or is dropped.
    // The inner future stands first: its own destructors run before the cancellation is recorded.
    #[must_use = "futures do nothing unless they are awaited"]
    pub struct Timed<F, J, S: Encode> {
        #[pin]
        future: F,
        // A function without captures takes no room; what could be called once only would need a mark.
        judge: J,
        watch: Watch<S>,
    }
}

impl<F, J, S: Encode> fmt::Debug for Timed<F, J, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Timed").finish_non_exhaustive()
    }
}

impl<F, J, S> Timed<F, J, S>
where
    F: Future,
    S: Encode,
{
    /// Times a future whose call began just now.
    #[inline]
    pub fn new<V>(begun: Begun<S, V>, future: F, judge: J) -> Self
    where
        J: Fn(&F::Output) -> Judged<F::Output, V>,
    {
        Self {
            future,
            judge,
            watch: Watch {
                call: begun.call,
                busy: 0,
                polls: 0,
            },
        }
    }
}

impl<F, J, S, V> Future for Timed<F, J, S>
where
    F: Future,
    J: Fn(&F::Output) -> Judged<F::Output, V>,
    S: Encode,
{
    type Output = F::Output;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        if !this.watch.call.is_on() {
            return this.future.poll(cx);
        }
        let mut polling = Polling {
            entered: this.watch.enter(),
            watch: this.watch,
            unwound: true,
        };
        let polled = this.future.poll(cx);
        polling.unwound = false;
        let now = polling.watch.leave(polling.entered, clock::now());
        if let Poll::Ready(value) = &polled {
            polling.watch.end(now, (this.judge)(value).outcome(value));
        }
        polled
    }
}

/// What is known between two polls.
struct Watch<S: Encode> {
    call: Call<S>,
    busy: u64,
    polls: u64,
}

impl<S: Encode> Watch<S> {
    /// The first poll of a call that began just now needs no second reading.
    fn enter(&mut self) -> u64 {
        self.polls += 1;
        if self.polls == 1 && self.call.started != 0 {
            return self.call.started;
        }
        let now = clock::now();
        if self.polls == 1 {
            self.call.started = now;
        }
        now
    }

    fn leave(&mut self, entered: u64, now: u64) -> u64 {
        self.busy += now.saturating_sub(entered);
        now
    }

    fn end(&mut self, now: u64, outcome: Outcome<'_>) {
        let polled = Polled {
            busy: self.busy,
            polls: self.polls,
        };
        self.call.end_polled(now, outcome, polled);
    }
}

impl<S: Encode> Drop for Watch<S> {
    fn drop(&mut self) {
        if self.call.is_on() && self.polls > 0 {
            self.end(clock::now(), Outcome::Cancelled);
        }
    }
}

/// Lives for one poll: a future that unwinds may be dropped much later, by somebody who caught it.
struct Polling<'a, S: Encode> {
    watch: &'a mut Watch<S>,
    entered: u64,
    unwound: bool,
}

impl<S: Encode> Drop for Polling<'_, S> {
    fn drop(&mut self) {
        if self.unwound {
            let now = self
                .watch
                .leave(self.entered, hook::now_without(self.entered));
            self.watch.end(now, Outcome::Panic);
        }
    }
}

/// Runs a function that returns a future; the future is what is timed. A panic before it exists is
/// recorded, too.
#[inline]
pub fn run_future<S, A, F, J, V>(
    begun: Begun<S, V>,
    arguments: A,
    body: impl FnOnce(A) -> F,
    judge: J,
) -> Timed<F, J, S>
where
    F: Future,
    J: Fn(&F::Output) -> Judged<F::Output, V>,
    S: Encode + Default,
{
    let (begun, future) = create(begun, arguments, body);
    Timed::new(begun, future, judge)
}

/// The same for a future in a box. It is given back as it came when nothing is wanted.
#[inline]
pub fn run_boxed<S, A, F, J, V>(
    begun: Begun<S, V>,
    arguments: A,
    body: impl FnOnce(A) -> F,
    judge: J,
) -> F
where
    F: BoxedFuture,
    J: Fn(&F::Output) -> Judged<F::Output, V> + Send + Sync + 'static,
    S: Encode + Default + Send + Sync + 'static,
    V: 'static,
{
    let (begun, future) = create(begun, arguments, body);
    if begun.call.is_on() {
        future.timed(begun, judge)
    } else {
        future
    }
}

#[inline]
fn create<S: Encode + Default, A, F, V>(
    begun: Begun<S, V>,
    arguments: A,
    body: impl FnOnce(A) -> F,
) -> (Begun<S, V>, F) {
    let mut guard = OnUnwind::new(begun);
    let future = body(arguments);
    let mut begun = core::mem::replace(&mut guard.0, Begun::off());
    // The clock starts again with the first poll.
    begun.call.started = 0;
    (begun, future)
}

/// A future in a pinned box, as it stands in signatures.
#[diagnostic::on_unimplemented(
    message = "`#[timed]` cannot put a timed future into `{Self}`",
    label = "not a pinned box of a future",
    note = "a returned future is timed when the signature says `impl Future<...>` or `Pin<Box<dyn Future<...>>>`, with `Send` and `Sync` or without",
    note = "for any other type, make the function an `async fn`, or time the place that awaits it with `timed_block!`"
)]
pub trait BoxedFuture: Future + Sized {
    /// Puts the future into another box, which times it.
    #[must_use]
    fn timed<S, J, V>(self, begun: Begun<S, V>, judge: J) -> Self
    where
        J: Fn(&Self::Output) -> Judged<Self::Output, V> + Send + Sync + 'static,
        S: Encode + Send + Sync + 'static,
        V: 'static;
}

macro_rules! boxed {
    ($($future:ty),*) => {$(
        impl<'f, T: 'f> BoxedFuture for Pin<Box<$future>> {
            fn timed<S, J, V>(self, begun: Begun<S, V>, judge: J) -> Self
            where
                J: Fn(&T) -> Judged<T, V> + Send + Sync + 'static,
                S: Encode + Send + Sync + 'static,
                V: 'static,
            {
                Box::pin(Timed::new(begun, self, judge))
            }
        }
    )*};
}

boxed!(
    dyn Future<Output = T> + 'f,
    dyn Future<Output = T> + Send + 'f,
    dyn Future<Output = T> + Send + Sync + 'f
);

/// Always nothing, which the compiler does not know: what follows a body has a way to it, and an early `return` in
/// front of one, never taken, lets a wrong type be reported at the user's own line.
#[inline]
#[must_use]
pub fn unreturned() -> Option<()> {
    None
}

/// Stands for a value on the way that is never taken.
#[cold]
#[must_use]
pub fn absent<V>() -> V {
    unreachable!("nothing leads here")
}
