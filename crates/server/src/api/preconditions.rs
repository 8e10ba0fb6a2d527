//! `If-Match`: a change says what it is a change of (RFC 9110, section 13.1.1).

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;

use crate::problem::{Code, Problem};

/// The entity tags that a request names; none where it names none, which is told
/// only to whom may make the change.
pub(crate) struct IfMatch(Option<String>);

impl<S: Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let lines = parts.headers.get_all(header::IF_MATCH).iter();
        let lines: Vec<&str> = lines.filter_map(|line| line.to_str().ok()).collect();
        Ok(Self((!lines.is_empty()).then(|| lines.join(","))))
    }
}

impl IfMatch {
    /// Goes on if `etag` is among them. Weak tags never match.
    pub(crate) fn check(&self, etag: &str) -> Result<(), Problem> {
        let Some(named) = &self.0 else {
            return Err(Problem::new(
                Code::PreconditionRequired,
                "say what this is a change of: read the resource, and send the `ETag` that it had as `If-Match`",
            ));
        };
        let mut tags = named.split(',').map(str::trim);
        if tags.any(|tag| tag == "*" || tag == etag) {
            return Ok(());
        }
        Err(Problem::new(
            Code::PreconditionFailed,
            "it was changed meanwhile: read it again and repeat your change on that",
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_the_tags_must_be_the_present_one() {
        for (sent, matches) in [
            ("\"a\"", true),
            ("\"b\", \"a\"", true),
            ("*", true),
            ("\"b\"", false),
            ("W/\"a\"", false),
            ("a", false),
            ("", false),
        ] {
            let given = IfMatch(Some(sent.to_owned()));
            assert_eq!(given.check("\"a\"").is_ok(), matches, "{sent}");
        }
    }
}
