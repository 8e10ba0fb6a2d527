//! No request waits for ever.

use std::time::Duration;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;

use crate::problem::{Code, Problem};

/// How long an answer may take to begin.
const LIMIT: Duration = Duration::from_secs(120);

/// Answers in place of a handler that takes too long. Operations run in tasks
/// of their own and go on.
pub(crate) async fn time_limit(request: Request, next: Next) -> Result<Response, Problem> {
    tokio::time::timeout(LIMIT, next.run(request))
        .await
        .map_err(|_| {
            let seconds = LIMIT.as_secs();
            let detail = format!(
                "this took longer than {seconds} seconds; it may still go on, so look again in a minute"
            );
            Problem::new(Code::TimedOut, detail)
        })
}
