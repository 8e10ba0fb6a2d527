//! What a caller may take of the server: time, places, headers.

use std::future::Future;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;

use crate::options::App;
use crate::problem::{Code, Problem};

/// What a caller may take of the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How long the head of a request may take to arrive, and how long a connection
    /// may wait for the next one.
    pub head: Duration,
    /// How long a body may take to arrive, once it is asked for.
    pub body: Duration,
    /// How many header fields a request may have.
    pub header_fields: usize,
    /// How many bytes the head of a request may have.
    pub header_bytes: usize,
    /// How many connections are served at once; others wait in the system's queue.
    pub connections: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(30),
            body: Duration::from_secs(30),
            header_fields: 100,
            header_bytes: 32 * 1024,
            connections: 1024,
        }
    }
}

/// Tells whoever reads the body how long that may take.
pub(crate) async fn body_limit(
    State(app): State<App>,
    mut request: Request,
    next: Next,
) -> Response {
    request.extensions_mut().insert(app.options.limits);
    next.run(request).await
}

impl Limits {
    /// Those of a request.
    pub(crate) fn of(request: &Request) -> Self {
        request.extensions().get().copied().unwrap_or_default()
    }

    /// Waits for a body to be read.
    pub(crate) async fn in_time<T>(self, reading: impl Future<Output = T>) -> Result<T, Problem> {
        tokio::time::timeout(self.body, reading).await.map_err(|_| {
            let detail = "the body did not arrive in time; send it again, in one go";
            Problem::new(Code::TooSlow, detail)
        })
    }
}
