//! A tower layer for HTTP servers, and `inject` for outgoing requests. Feature `tower`.
//!
//! It sits at the border of a service: whoever comes in gets a context, whoever goes out takes it
//! along. It knows `http` and the tower traits, no server and no client.

mod inject;
mod records;
mod response;
mod service;

use http::HeaderName;

use crate::context::Context;

pub use inject::{inject, inject_as};
pub use response::ResponseFuture;
pub use service::RequestService;

/// The header that carries the request id unless [`RequestLayer::header`] says otherwise:
/// `x-request-id`.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The header that carries the W3C trace.
pub(crate) const TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");

/// Gives each request of a server its context, and logs what came in and what went out.
///
/// - The id is taken from `x-request-id`, checked as by [`RequestId`](crate::RequestId) and replaced
///   by a new one when it is missing or refused. The handler finds it in the request's extensions and
///   in the header, the caller in the response's header, and every record made while the request is
///   being served carries it.
/// - A valid `traceparent` is continued with a span id of its own. Without one, the trace is that of the
///   context the request starts from, usually none.
/// - Records are written inside the request's context, with the target `storyline::tower`:
///
/// | event | level | fields | when |
/// | --- | --- | --- | --- |
/// | `request_received` | INFO | `method` `path` | it came in; the path is without its query |
/// | `response_sent` | INFO, from status 500 ERROR | `status` `duration_ms` | the handler gave its response |
/// | `request_cancelled` | WARNING | `duration_ms` | the handler was dropped before it had one: the client went away, or a time-out |
/// | `request_panicked` | ERROR | `duration_ms` | the handler panicked; the panic goes on as it would without this layer, and the time in its hook, which prints a backtrace, does not count |
/// | `request_failed` | ERROR | `duration_ms` `error` | the inner service gave an error instead of a response; the error is named by its type |
///
/// The duration ends when the head of the response is there; a body that is streamed goes on after
/// it, and a client that leaves while it is streamed is not seen here.
///
/// In axum it is one line, `Router::new().route(..).layer(RequestLayer::new())`; it fits every
/// service of `http` requests and responses:
///
/// ```
/// use http::{Request, Response};
/// use storyline::tower::RequestLayer;
/// use tower_layer::Layer;
/// use tower_service::Service;
///
/// # use std::{convert::Infallible, future::{Ready, ready}, pin::pin, task::{Context, Poll, Waker}};
/// # #[derive(Clone)]
/// # struct Hello;
/// # impl Service<Request<()>> for Hello {
/// #     type Response = Response<()>;
/// #     type Error = Infallible;
/// #     type Future = Ready<Result<Response<()>, Infallible>>;
/// #     fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
/// #         Poll::Ready(Ok(()))
/// #     }
/// #     fn call(&mut self, _: Request<()>) -> Self::Future {
/// #         ready(Ok(Response::new(())))
/// #     }
/// # }
/// # let logged = storyline::testing::capture(|| {
/// let mut service = RequestLayer::new().layer(Hello);
/// let request = Request::get("/pay?card=1").header("x-request-id", "abc123").body(()).unwrap();
/// let mut answer = pin!(service.call(request));
/// # let mut task = Context::from_waker(Waker::noop());
/// # let Poll::Ready(Ok(response)) = Future::poll(answer.as_mut(), &mut task) else { panic!() };
/// // ... and when it was polled to its end:
/// assert_eq!(response.headers()["x-request-id"], "abc123");
/// # });
/// assert_eq!(logged.events(), ["request_received", "response_sent"]);
/// logged.assert_logged("request_received").with("path", "/pay").in_request("abc123");
/// logged.assert_logged("response_sent").with("status", 200);
/// ```
#[derive(Clone, Debug)]
pub struct RequestLayer {
    header: HeaderName,
    within: Option<Context>,
}

impl RequestLayer {
    /// A layer that reads and writes `x-request-id`.
    pub fn new() -> Self {
        Self {
            header: REQUEST_ID,
            within: None,
        }
    }

    /// Carries the request id in another header; [`inject_as`] sends it on in the same.
    ///
    /// ```
    /// use http::HeaderName;
    /// use storyline::tower::RequestLayer;
    ///
    /// let layer = RequestLayer::new().header(HeaderName::from_static("x-correlation-id"));
    /// # let _ = layer;
    /// ```
    #[must_use]
    pub fn header(mut self, name: HeaderName) -> Self {
        self.header = name;
        self
    }

    /// Starts the context of each request from this one instead of the one that is current when the
    /// request comes in: for fields that all requests of a server share, and for tests, which capture
    /// what a server on tasks of its own logs by passing [`Context::current`].
    ///
    /// ```
    /// use storyline::{context_of, tower::RequestLayer};
    ///
    /// let layer = RequestLayer::new().within(context_of!(region = "eu-west"));
    /// # let _ = layer;
    /// ```
    #[must_use]
    pub fn within(mut self, context: Context) -> Self {
        self.within = Some(context);
        self
    }
}

impl Default for RequestLayer {
    fn default() -> Self {
        Self::new()
    }
}

impl<S> tower_layer::Layer<S> for RequestLayer {
    type Service = RequestService<S>;

    fn layer(&self, inner: S) -> RequestService<S> {
        RequestService::new(inner, self.clone())
    }
}
