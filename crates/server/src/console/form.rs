//! Forms as browsers send them.

use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use zeroize::Zeroizing;

use crate::limits::Limits;
use crate::problem::{Code, Problem};

/// The fields of a form that was sent; their values are wiped when dropped.
pub(crate) struct Form(Vec<(String, Zeroizing<String>)>);

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let sent = Limits::of(&request)
            .in_time(axum::Form::<Vec<(String, String)>>::from_request(
                request, state,
            ))
            .await?;
        let axum::Form(fields) = sent.map_err(|rejection| {
            unreadable(match rejection.into_response().status() {
                StatusCode::PAYLOAD_TOO_LARGE => Code::TooLarge,
                StatusCode::UNSUPPORTED_MEDIA_TYPE => Code::UnsupportedMediaType,
                _ => Code::MalformedBody,
            })
        })?;
        let wiped = |(name, value)| (name, Zeroizing::new(value));
        Ok(Self(fields.into_iter().map(wiped).collect()))
    }
}

impl Form {
    /// Takes the value of a field; empty if it was not sent.
    pub(crate) fn take(&mut self, name: &str) -> String {
        let found = self.0.iter_mut().find(|(key, _)| key == name);
        found
            .map(|(_, value)| std::mem::take(&mut **value))
            .unwrap_or_default()
    }

    /// The fields as they were sent.
    pub(crate) fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Takes every value of a field, as check boxes send them.
    pub(crate) fn take_all(&mut self, name: &str) -> Vec<String> {
        let found = self.0.iter_mut().filter(|(key, _)| key == name);
        found
            .map(|(_, value)| std::mem::take(&mut **value))
            .collect()
    }
}

/// What is told of a form that cannot be read.
pub(crate) fn unreadable(code: Code) -> Problem {
    let detail = match code {
        Code::TooLarge => "the form is larger than a form can be; go back and shorten it",
        Code::UnsupportedMediaType => {
            "this address takes forms; programs use the API below /api/v1"
        }
        _ => "the form did not arrive whole; go back and send it again",
    };
    Problem::new(code, detail)
}

/// What is told of a form without what its page puts into it.
pub(crate) fn not_whole() -> Problem {
    Problem::new(
        Code::MalformedBody,
        "the form did not arrive whole; open it anew and send it again",
    )
}

/// An access key is shown again if it looks like one. What does not may be a
/// secret key in the wrong field.
pub(crate) fn shown_again(text: &str) -> String {
    let id = text.trim();
    let looks_like_one = ["AKIA", "ASIA"].iter().any(|prefix| id.starts_with(prefix))
        && id.len() < 40
        && id
            .chars()
            .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    if looks_like_one {
        id.to_owned()
    } else {
        String::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_in_the_wrong_field_is_not_shown_again() {
        assert_eq!(
            shown_again(" AKIAIOSFODNN7EXAMPLE "),
            "AKIAIOSFODNN7EXAMPLE"
        );
        for secret in [
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            "AKIAwJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEK",
        ] {
            assert_eq!(shown_again(secret), "");
        }
    }
}
