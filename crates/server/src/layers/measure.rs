//! Every answer is counted.

use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;

use crate::options::App;

/// Counts the request by its route's template, and how long its answer took to begin.
pub(crate) async fn measure(State(app): State<App>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    let route = route.as_ref().map(MatchedPath::as_str);
    let metrics = &app.options.metrics;
    metrics.answered(&method, route, response.status(), began.elapsed());
    response
}
