//! What the server answered.

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Response, StatusCode};
use serde_json::Value;

use super::{Answered, Document, PASSWORD, SECRET, TOKEN};

/// What every answer carries: nothing runs, frames or is fetched that is not the console's own.
const HEADERS: [(&str, &str); 4] = [
    (
        "content-security-policy",
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
         connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
];

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    /// Takes an answer whole, and looks for what must not be in it.
    pub(crate) async fn of(response: Response<Body>) -> Self {
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        let answer = Self {
            status: parts.status,
            headers: parts.headers,
            // What is compressed is no text.
            body: String::from_utf8_lossy(&bytes).into_owned(),
        };
        for secret in [SECRET, TOKEN, PASSWORD] {
            assert!(
                !answer.body.contains(secret),
                "a secret in the body: {}",
                answer.body
            );
            let header = answer
                .headers
                .values()
                .find(|value| String::from_utf8_lossy(value.as_bytes()).contains(secret));
            assert!(header.is_none(), "a secret in a header: {header:?}");
        }
        answer
    }

    /// Asserts that the answer carries what every answer does, done or refused.
    #[track_caller]
    pub(crate) fn assert_headers(&self, path: &str) {
        let kept = path.starts_with("/assets/") && self.status == 200;
        for (name, value) in HEADERS {
            assert_eq!(self.header(name), value, "{name} of {path}");
        }
        let caching = match kept {
            true => "public, max-age=31536000, immutable",
            false => "no-store",
        };
        assert_eq!(self.header("cache-control"), caching, "{path}");
        let typed = !self.header("content-type").is_empty();
        assert_eq!(typed, !self.body.is_empty(), "content-type of {path}");
    }

    /// What the API's document has against it.
    pub(crate) fn fault(&self, method: &str, path: &str) -> Option<String> {
        let answered = Answered {
            status: self.status.as_u16(),
            content_type: self
                .headers
                .get("content-type")
                .map(|value| value.to_str().unwrap()),
            headers: self.headers.keys().map(|name| name.as_str()).collect(),
            body: &self.body,
        };
        Document::get().fault(method, path, &answered)
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// The value that the answer sets a cookie to.
    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        let lines = self.headers.get_all("set-cookie").iter();
        let pairs = lines.filter_map(|line| line.to_str().ok()?.split(';').next()?.split_once('='));
        pairs
            .filter(|(key, _)| *key == name)
            .map(|(_, value)| value.to_owned())
            .next()
    }

    /// The code and the fields of a problem document, whose form is checked.
    pub(crate) fn problem(&self) -> (String, Vec<String>) {
        assert_eq!(
            self.header("content-type"),
            "application/problem+json",
            "{}",
            self.body
        );
        let problem = self.json();
        assert_eq!(problem["status"], self.status.as_u16());
        let code = problem["code"].as_str().unwrap();
        assert_eq!(problem["type"], format!("urn:commissary:problem:{code}"));
        assert_eq!(problem["requestId"], self.header("x-request-id"));
        for sentence in ["title", "detail"] {
            assert!(!problem[sentence].as_str().unwrap().is_empty());
        }
        let errors = problem["errors"].as_array().cloned().unwrap_or_default();
        let field = |error: &Value| {
            assert!(!error["message"].as_str().unwrap().is_empty());
            error["field"].as_str().unwrap().to_owned()
        };
        (code.to_owned(), errors.iter().map(field).collect())
    }

    #[track_caller]
    pub(crate) fn assert_problem(&self, status: u16, code: &str, fields: &[&str]) {
        assert_eq!(self.status.as_u16(), status, "{}", self.body);
        let (found, at) = self.problem();
        assert_eq!(
            (
                found.as_str(),
                at.iter().map(String::as_str).collect::<Vec<_>>()
            ),
            (code, fields.to_vec()),
            "{}",
            self.body
        );
    }

    /// Asserts that the answer is a page that has all these pieces.
    #[track_caller]
    pub(crate) fn assert_page(&self, status: u16, pieces: &[&str]) {
        assert_eq!(self.status.as_u16(), status, "{}", self.body);
        assert_eq!(self.header("content-type"), "text/html; charset=utf-8");
        for piece in pieces {
            assert!(
                self.body.contains(piece),
                "`{piece}` is not in {}",
                self.body
            );
        }
    }
}

/// The events of a stream: name and data.
pub(crate) fn events(answer: &Answer) -> Vec<(String, Value)> {
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.header("content-type"), "text/event-stream");
    let blocks = answer.body.split("\n\n").filter(|block| !block.is_empty());
    let event = |block: &str| {
        let line = |field: &str| {
            block
                .lines()
                .find_map(|line| line.strip_prefix(field))
                .unwrap()
        };
        (
            line("event: ").to_owned(),
            serde_json::from_str(line("data: ")).unwrap(),
        )
    };
    blocks.map(event).collect()
}
