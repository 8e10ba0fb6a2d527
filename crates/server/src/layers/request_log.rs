//! One log line per request.

use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument as _;

use super::RequestId;

/// Logs how a request went. The log names the route's template, never the path
/// or the query: these carry names and tokens.
pub(crate) async fn request_log(request: Request, next: Next) -> Response {
    let id = request.extensions().get::<RequestId>();
    let id = id.map_or("", |RequestId(id)| id.as_str()).to_owned();
    let method = request.method().clone();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("(none)", MatchedPath::as_str)
        .to_owned();
    let span = tracing::info_span!("request", %id, %method, route);
    async move {
        let began = Instant::now();
        let response = next.run(request).await;
        let status = response.status().as_u16();
        let milliseconds = began.elapsed().as_millis();
        if route == "/healthz" || route == "/readyz" {
            tracing::debug!(status, milliseconds, "answered");
        } else {
            tracing::info!(status, milliseconds, "answered");
        }
        response
    }
    .instrument(span)
    .await
}
