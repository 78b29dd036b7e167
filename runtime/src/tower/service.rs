//! What happens when a request comes in.

use core::task::{self, Poll};

use http::{HeaderMap, HeaderValue, Request, Response};
use tower_service::Service;

use super::response::Watch;
use super::{RequestLayer, ResponseFuture, TRACEPARENT, records};
use crate::context::{Context, RequestId, TraceContext, report};

/// A service inside a [`RequestLayer`], made by its `layer`. Its responses and errors are those of the
/// service inside, but for the header with the request id.
#[derive(Clone, Debug)]
pub struct RequestService<S> {
    inner: S,
    layer: RequestLayer,
}

impl<S> RequestService<S> {
    pub(super) fn new(inner: S, layer: RequestLayer) -> Self {
        Self { inner, layer }
    }

    /// The request's id and the length of a refused one. A request without the header gets a new id
    /// without complaint.
    fn request_id(&self, headers: &HeaderMap) -> (RequestId, Option<usize>) {
        match headers.get(&self.layer.header) {
            Some(value) => RequestId::accept(value.as_bytes()),
            None => (RequestId::random(), None),
        }
    }
}

/// The caller's trace. The standard wants it ignored when it comes twice or cannot be read.
fn caller(headers: &HeaderMap) -> Option<TraceContext> {
    let mut values = headers.get_all(TRACEPARENT).iter();
    match (values.next(), values.next()) {
        (Some(only), None) => only.to_str().ok()?.parse().ok(),
        _ => None,
    }
}

impl<S, B, A> Service<Request<B>> for RequestService<S>
where
    S: Service<Request<B>, Response = Response<A>>,
{
    type Response = Response<A>;
    type Error = S::Error;
    type Future = ResponseFuture<S::Future>;

    fn poll_ready(&mut self, task: &mut task::Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(task)
    }

    fn call(&mut self, mut request: Request<B>) -> Self::Future {
        let (id, refused) = self.request_id(request.headers());
        let base = self.layer.within.clone().unwrap_or_else(Context::current);
        let mut context = base.with_request(&id);
        if let Some(caller) = caller(request.headers()) {
            context = context.with_trace(caller.child());
        }
        let _inside = context.enter();
        let mut watch = Watch::start();
        records::received(request.method().as_str(), request.uri().path());
        if let Some(length) = refused {
            report::refused_request_id(length);
        }
        let value = HeaderValue::from_str(id.as_str()).ok();
        if let Some(value) = &value {
            let header = self.layer.header.clone();
            request.headers_mut().insert(header, value.clone());
        }
        request.extensions_mut().insert(id);
        let future = watch.during(|| self.inner.call(request));
        ResponseFuture::new(
            future,
            context.clone(),
            watch,
            self.layer.header.clone(),
            value,
        )
    }
}
