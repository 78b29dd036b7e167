//! What surrounds a record: the request it belongs to, the trace, and the fields bound around it.
//!
//! Everything is encoded once, when a context is made; a record then copies the finished block. Hot:
//! reading the current block allocates nothing and takes no lock. Making a context allocates, so it
//! belongs at the border of a request, not in a loop.

mod bind;
mod current;
mod future;
mod random;
pub(crate) mod report;
mod request;
mod trace;

use core::fmt;
use std::sync::Arc;

use crate::local::Redirect;
use crate::wire::ContextView;

pub use bind::bind;
pub use current::ContextGuard;
pub use future::{FutureExt, InContext};
pub use request::{InvalidRequestId, RequestGuard, RequestId, request_scope};
pub use trace::{InvalidTraceparent, TraceContext};

pub(crate) use current::{block_len, copy_block};

/// The request, the trace and the bound fields that every record made inside carries.
///
/// A context is a value: it is cheap to clone, it can be sent to another thread, and it does nothing
/// until it is entered. Work that is handed to another thread or task leaves the current context
/// behind unless it takes it along:
///
/// ```
/// use storyline::Context;
///
/// let _request = storyline::request_scope("req-42");
/// let context = Context::current();
/// std::thread::spawn(move || {
///     let _inside = context.enter();
///     assert_eq!(Context::current().request_id(), Some("req-42"));
/// })
/// .join()
/// .unwrap();
///
/// let trace = storyline::TraceContext::start();
/// let traced = Context::current().with_trace(trace);
/// assert_eq!((traced.request_id(), traced.trace()), (Some("req-42"), Some(trace)));
/// ```
///
/// # Limits
///
/// A bound text keeps at most 1 KiB (the rest is cut and its length noted), and all bound fields
/// together take at most 8 KiB: they are copied into each record. A field that does not fit any more is
/// left out, with a WARNING `context_full` that names it.
#[derive(Clone)]
#[must_use = "a context says nothing by itself: `.enter()` it, or give it to `.in_context(..)`; `context!` binds fields at once"]
pub struct Context {
    /// Encoded by `wire::context`; `None` when there is nothing to say.
    block: Option<Arc<[u8]>>,
    /// The flags of the trace, which records do not show but outgoing requests carry on.
    trace_flags: u8,
    /// Takes the records made inside in place of the log: a test's capture.
    capture: Option<Arc<dyn Redirect>>,
}

impl Context {
    const EMPTY: Self = Self {
        block: None,
        trace_flags: 0,
        capture: None,
    };

    /// The context of this thread or of the task it is working on.
    pub fn current() -> Self {
        current::get()
    }

    /// Makes this context the current one of this thread until the guard is dropped.
    ///
    /// The guard is not for holding across an `.await`: a task that is put aside would leave its
    /// context to whatever runs next on the thread. The guard is not `Send`, so most executors refuse
    /// such a task; bind a context to a future with [`FutureExt::in_context`] instead.
    pub fn enter(&self) -> ContextGuard {
        current::enter(self.clone())
    }

    /// The id of the request, when there is one.
    pub fn request_id(&self) -> Option<&str> {
        self.view().request_id
    }

    /// The W3C trace, when there is one.
    pub fn trace(&self) -> Option<TraceContext> {
        let (trace_id, span_id) = self.view().trace?;
        TraceContext::from_hex(trace_id, span_id, self.trace_flags)
    }

    /// The same context for a request: its trace and bound fields stay.
    ///
    /// ```
    /// use storyline::{Context, RequestId, context};
    ///
    /// let _tenant = context!(tenant = "acme");
    /// let id = RequestId::random();
    /// let inside = Context::current().with_request(&id);
    /// assert_eq!(inside.request_id(), Some(id.as_str()));
    /// assert_eq!(Context::current().request_id(), None);
    /// ```
    pub fn with_request(&self, id: &RequestId) -> Self {
        bind::rebuild(self, Some(id.as_str()), self.trace())
    }

    /// The same context within a trace: its request and bound fields stay.
    pub fn with_trace(&self, trace: TraceContext) -> Self {
        bind::rebuild(self, self.request_id(), Some(trace))
    }

    /// The encoded block; empty when there is nothing to say.
    #[inline(always)]
    pub(crate) fn block(&self) -> &[u8] {
        match &self.block {
            Some(block) => block,
            None => &[],
        }
    }

    /// Everything else of this context with another block.
    fn with_block(&self, block: Vec<u8>, trace_flags: u8) -> Self {
        Self {
            block: Some(Arc::from(block)),
            trace_flags,
            capture: self.capture.clone(),
        }
    }

    /// The same context with its records going to `capture`.
    pub(crate) fn captured_by(&self, capture: Arc<dyn Redirect>) -> Self {
        Self {
            capture: Some(capture),
            ..self.clone()
        }
    }

    fn view(&self) -> ContextView<'_> {
        ContextView::decode(self.block()).unwrap_or_default()
    }
}

impl Default for Context {
    /// No request, no trace, no fields.
    fn default() -> Self {
        Self::EMPTY
    }
}

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let view = self.view();
        let mut shown = f.debug_struct("Context");
        shown.field("request_id", &view.request_id);
        shown.field("trace", &self.trace());
        for (key, value) in view.bound {
            shown.field(key, &value);
        }
        shown.finish_non_exhaustive()
    }
}
