//! One id per request: the caller's own if it is well formed, otherwise a new one.
//! The answer, the log, problem documents and the audit log carry it.

use std::future::Future;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

use crate::options::App;

/// The header that carries the id in both directions.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The longest id that is taken from a caller. It is repeated in every log line.
const LONGEST: usize = 64;

/// The id of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RequestId(pub(crate) String);

tokio::task_local! {
    /// The id of the request that the task is about.
    static CURRENT: Option<String>;
}

impl RequestId {
    /// The id of the request that is being answered; none outside of requests
    /// and in tasks that it was not carried into.
    pub(crate) fn current() -> Option<Self> {
        CURRENT.try_with(Clone::clone).ok().flatten().map(Self)
    }

    /// Carries the id of this request into a task that goes on with it.
    pub(crate) fn carried<F: Future>(task: F) -> impl Future<Output = F::Output> {
        CURRENT.scope(Self::current().map(|Self(id)| id), task)
    }

    /// The caller's id. More than one, or one that could forge a log line, is none.
    fn given(headers: &HeaderMap) -> Option<Self> {
        let mut values = headers.get_all(REQUEST_ID).iter();
        let (Some(value), None) = (values.next(), values.next()) else {
            return None;
        };
        let text = value.to_str().ok()?;
        is_well_formed(text).then(|| Self(text.to_owned()))
    }
}

fn is_well_formed(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte);
    (1..=LONGEST).contains(&text.len()) && text.bytes().all(plain)
}

/// Gives the request its id, and the answer the same.
pub(crate) async fn request_id(
    State(app): State<App>,
    mut request: Request,
    next: Next,
) -> Response {
    let id = RequestId::given(request.headers())
        .unwrap_or_else(|| RequestId(app.commissary.request_id().to_string()));
    request.extensions_mut().insert(id.clone());
    let value = HeaderValue::from_str(&id.0);
    let mut response = CURRENT.scope(Some(id.0), next.run(request)).await;
    // An id is made of what a header may hold.
    if let Ok(value) = value {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_a_word_that_can_stand_in_a_log() {
        for id in ["a", "0197c8a1-7d3e-7c52", "1-6789:abc_d.e", &"x".repeat(64)] {
            assert!(is_well_formed(id), "{id}");
        }
        for id in ["", "a b", "a=b", "a\"b", "a\nb", "é", &"x".repeat(65)] {
            assert!(!is_well_formed(id), "{id}");
        }
    }

    #[test]
    fn of_two_ids_neither_is_believed() {
        let mut headers = HeaderMap::new();
        headers.append(REQUEST_ID, HeaderValue::from_static("one"));
        assert_eq!(
            RequestId::given(&headers),
            Some(RequestId("one".to_owned()))
        );
        headers.append(REQUEST_ID, HeaderValue::from_static("two"));
        assert_eq!(RequestId::given(&headers), None);
    }
}
