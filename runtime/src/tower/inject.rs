//! Sending the context along with an outgoing request.

use http::{HeaderMap, HeaderName, HeaderValue};

use super::{REQUEST_ID, TRACEPARENT};
use crate::context::Context;

/// Puts the current request id and trace on an outgoing request, as `x-request-id` and
/// `traceparent`, so that the service at the other end tells the same story. What the context does
/// not have is left as it is.
///
/// ```
/// let _request = storyline::request_scope("abc123");
/// let mut headers = http::HeaderMap::new();
/// storyline::tower::inject(&mut headers);
/// assert_eq!(headers["x-request-id"], "abc123");
/// ```
pub fn inject(headers: &mut HeaderMap) {
    inject_as(headers, REQUEST_ID);
}

/// The same as [`inject`], with the request id in another header.
///
/// ```
/// let _request = storyline::request_scope("abc123");
/// let mut headers = http::HeaderMap::new();
/// let name = http::HeaderName::from_static("x-correlation-id");
/// storyline::tower::inject_as(&mut headers, name);
/// assert_eq!(headers["x-correlation-id"], "abc123");
/// assert!(!headers.contains_key(storyline::tower::REQUEST_ID));
/// ```
pub fn inject_as(headers: &mut HeaderMap, request_id: HeaderName) {
    let context = Context::current();
    if let Some(id) = context.request_id() {
        set(headers, request_id, id);
    }
    if let Some(trace) = context.trace() {
        set(headers, TRACEPARENT, &trace.to_string());
    }
}

fn set(headers: &mut HeaderMap, name: HeaderName, text: &str) {
    // Both texts were checked to be plain characters when they came in, so this always holds.
    if let Ok(value) = HeaderValue::from_str(text) {
        headers.insert(name, value);
    }
}
