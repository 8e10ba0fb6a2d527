//! The labels of each series.

use axum::http::Method;
use prometheus_client::encoding::EncodeLabelSet;

use crate::routes;

/// Whatever else was sent as a method.
const OTHER: &str = "other";
/// Whatever matches no route.
const NO_ROUTE: &str = "none";

/// How a request was answered.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct Answered {
    pub(super) method: &'static str,
    pub(super) route: &'static str,
    pub(super) status: u16,
}

/// What was asked.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct Asked {
    pub(super) method: &'static str,
    pub(super) route: &'static str,
}

/// How a check ended, or how one stands that did not.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct InState {
    pub(super) state: &'static str,
}

/// What a check found about a permission.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct Found {
    pub(super) verdict: &'static str,
}

/// How a call to AWS ended.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct Called {
    pub(super) service: &'static str,
    pub(super) outcome: &'static str,
}

/// Why somebody was not signed in.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct Refused {
    pub(super) reason: &'static str,
}

/// The method as a label: one of a few words, whatever was sent.
pub(super) fn method_of(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => OTHER,
    }
}

/// The route as a label: its template, as the table of routes has it.
pub(super) fn route_of(matched: Option<&str>) -> &'static str {
    let known = routes::routes().iter().map(|route| route.path);
    let matched = matched.and_then(|path| known.into_iter().find(|known| *known == path));
    matched.unwrap_or(NO_ROUTE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sent_becomes_no_label() {
        let made_up = Method::from_bytes(b"CANARY").unwrap();
        assert_eq!(method_of(&made_up), "other");
        assert_eq!(method_of(&Method::PATCH), "PATCH");
        assert_eq!(route_of(None), "none");
        assert_eq!(route_of(Some("/people/ada")), "none");
        assert_eq!(route_of(Some("/people/{user}")), "/people/{user}");
    }
}
