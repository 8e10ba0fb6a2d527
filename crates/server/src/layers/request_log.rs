//! One id and one log line per request.

use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::HeaderValue;
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument as _;

use crate::options::App;

/// The id of a request, as its answer and the log carry it.
#[derive(Debug, Clone)]
pub(crate) struct RequestId(pub(crate) String);

/// Gives the request an id and logs how it went. The log names the route's
/// template, never the path or the query: these carry names and tokens.
pub(crate) async fn request_log(
    State(app): State<App>,
    mut request: Request,
    next: Next,
) -> Response {
    let id = app.commissary.request_id().to_string();
    let method = request.method().clone();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("(none)", MatchedPath::as_str)
        .to_owned();
    let span = tracing::info_span!("request", %id, %method, route);
    request.extensions_mut().insert(RequestId(id.clone()));
    async move {
        let began = Instant::now();
        let mut response = next.run(request).await;
        let status = response.status().as_u16();
        let milliseconds = began.elapsed().as_millis();
        if route == "/healthz" || route == "/readyz" {
            tracing::debug!(status, milliseconds, "answered");
        } else {
            tracing::info!(status, milliseconds, "answered");
        }
        if let Ok(value) = HeaderValue::from_str(&id) {
            response.headers_mut().insert("x-request-id", value);
        }
        response
    }
    .instrument(span)
    .await
}
