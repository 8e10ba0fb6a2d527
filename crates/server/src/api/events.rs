//! Operations that take a while: told step by step as server-sent events (WHATWG
//! HTML Standard, "Server-sent events") to whom asks for these, otherwise
//! answered once at their end.

use std::convert::Infallible;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use axum::http::{HeaderMap, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use commissary_core::domain::{CheckEvent, UserEvent};
use commissary_core::ports::{Progress, UserProgress};
use serde::Serialize;
use tokio::sync::mpsc;
use tokio_stream::StreamExt as _;
use tokio_stream::wrappers::ReceiverStream;
use tracing::Instrument as _;

use crate::layers::RequestId;
use crate::problem::Problem;
use crate::running;

/// Steps that wait for a slow reader; further ones are left out, the result never.
pub(super) const WAITING: usize = 64;

/// Comments that keep the connection alive come this often.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// A result: its JSON body, and how it is answered when nobody streams.
pub(crate) trait Outcome: Serialize + Send + 'static {
    /// The answer as a plain response.
    fn into_plain(self) -> Response;
}

/// Runs `operation` to its end, whether or not the caller stays, and answers in
/// the form that the caller asked for.
pub(crate) async fn told<T, F>(
    headers: &HeaderMap,
    operation: impl FnOnce(Arc<Teller>) -> F,
) -> Result<Response, Problem>
where
    T: Outcome,
    F: Future<Output = Result<T, Problem>> + Send + 'static,
{
    if !wants_events(headers) {
        let done = running::to_its_end(operation(Arc::new(Teller(None)))).await?;
        return Ok(done.into_plain());
    }
    let (told, events) = mpsc::channel(WAITING);
    let operation = operation(Arc::new(Teller(Some(told.clone()))));
    let request = RequestId::current();
    let telling = async move {
        let last = match running::to_its_end(operation).await {
            Ok(done) => event("result", &done),
            Err(problem) => event("problem", &problem.body(request)),
        };
        // Whoever hung up reads the result elsewhere.
        let _ = told.send(last).await;
    };
    tokio::spawn(telling.in_current_span());
    let stream = ReceiverStream::new(events).map(Ok::<_, Infallible>);
    Ok(Sse::new(stream).keep_alive(keep_alive()).into_response())
}

/// Keeps a connection alive on which nothing happens.
pub(super) fn keep_alive() -> KeepAlive {
    KeepAlive::new().interval(KEEP_ALIVE)
}

/// Tells each step to the stream, if there is one.
pub(crate) struct Teller(Option<mpsc::Sender<Event>>);

impl Teller {
    fn step(&self, step: &impl Serialize) {
        if let Some(stream) = &self.0 {
            // A full channel is a slow reader: the next step tells as much.
            let _ = stream.try_send(event("progress", step));
        }
    }
}

impl Progress for Teller {
    fn tell(&self, step: CheckEvent) {
        self.step(&step);
    }
}

impl UserProgress for Teller {
    fn tell(&self, step: UserEvent) {
        self.step(&step);
    }
}

pub(super) fn event(name: &str, data: &impl Serialize) -> Event {
    Event::default()
        .event(name)
        .json_data(data)
        .unwrap_or_else(|error| {
            let problem = Problem::internal(&error);
            Event::default().event("problem").data(problem.detail)
        })
}

/// Whether the caller wants to be told each step.
pub(crate) fn wants_events(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(header::ACCEPT).iter();
    accepted
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(','))
        .filter_map(|range| range.split(';').next())
        .any(|essence| essence.trim().eq_ignore_ascii_case("text/event-stream"))
}
