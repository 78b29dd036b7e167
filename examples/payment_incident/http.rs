//! A small HTTP client that speaks JSON and takes the current request along.

use std::error::Error;
use std::net::SocketAddr;

use axum::http::{HeaderMap, HeaderName, HeaderValue, Request, StatusCode, header};
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde::Serialize;

type Bytes = axum::body::Bytes;

#[derive(Clone)]
pub struct Http {
    client: Client<HttpConnector, Full<Bytes>>,
}

/// Status and body of a response.
pub struct Answer {
    pub status: StatusCode,
    pub body: Bytes,
}

impl Http {
    pub fn new() -> Self {
        Self {
            client: Client::builder(TokioExecutor::new()).build_http(),
        }
    }

    /// Posts within the current request: its id and trace travel in the headers.
    pub async fn post(
        &self,
        address: SocketAddr,
        path: &str,
        body: &impl Serialize,
    ) -> Result<Answer, Box<dyn Error + Send + Sync>> {
        let mut headers = HeaderMap::new();
        storyline::tower::inject(&mut headers);
        self.post_with(address, path, headers, body).await
    }

    /// Posts with headers of the caller's own.
    pub async fn post_with(
        &self,
        address: SocketAddr,
        path: &str,
        headers: HeaderMap,
        body: &impl Serialize,
    ) -> Result<Answer, Box<dyn Error + Send + Sync>> {
        let body = Full::new(Bytes::from(serde_json::to_vec(body)?));
        let mut request = Request::post(format!("http://{address}{path}")).body(body)?;
        *request.headers_mut() = headers;
        request.headers_mut().insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/json"),
        );
        let response = self.client.request(request).await?;
        let status = response.status();
        let body = response.into_body().collect().await?.to_bytes();
        Ok(Answer { status, body })
    }
}

/// The header of a request id that a customer sends.
pub fn request_id_header(id: &str) -> Result<HeaderMap, Box<dyn Error + Send + Sync>> {
    let name = HeaderName::from_static("x-request-id");
    Ok(HeaderMap::from_iter([(name, HeaderValue::from_str(id)?)]))
}
