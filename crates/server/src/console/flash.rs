//! Messages that outlive one redirect: in a short cookie, so that any process
//! can show them. They never hold a secret.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use super::prose::{Prose, prose};
use crate::problem::Problem;
use crate::session::{cookie, set};

/// The cookie that carries the messages.
pub(crate) const FLASH: &str = "commissary-flash";
/// What fits into a cookie with room to spare.
const MOST_MESSAGES: usize = 5;
const LONGEST: usize = 400;

/// What a message means to the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Tone {
    /// It was done.
    Done,
    /// It needs attention.
    Attention,
}

/// One message.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Message {
    tone: Tone,
    text: String,
}

impl Message {
    pub(crate) fn done(text: impl Into<String>) -> Self {
        Self::new(Tone::Done, text.into())
    }

    pub(crate) fn attention(text: impl Into<String>) -> Self {
        Self::new(Tone::Attention, text.into())
    }

    fn new(tone: Tone, text: String) -> Self {
        let text = match text.char_indices().nth(LONGEST) {
            Some(_) => format!("{}…", text.chars().take(LONGEST).collect::<String>()),
            None => text,
        };
        Self { tone, text }
    }

    pub(crate) fn is_done(&self) -> bool {
        self.tone == Tone::Done
    }

    pub(crate) fn prose(&self) -> Prose {
        prose(&self.text)
    }
}

/// The messages that came with a request.
#[derive(Debug, Default, Clone)]
pub(crate) struct Flash(pub(crate) Vec<Message>);

impl<S: Sync> FromRequestParts<S> for Flash {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(read(&parts.headers).unwrap_or_default()))
    }
}

/// The cookie is the browser's to forge: what does not read is no message.
fn read(headers: &HeaderMap) -> Option<Vec<Message>> {
    let bytes = URL_SAFE_NO_PAD.decode(cookie(headers, FLASH)?).ok()?;
    let mut messages: Vec<Message> = serde_json::from_slice(&bytes).ok()?;
    messages.truncate(MOST_MESSAGES);
    Some(messages)
}

/// The `Set-Cookie` value that carries messages to the next page.
pub(crate) fn carry(messages: &[Message]) -> Result<HeaderValue, Problem> {
    let kept: Vec<&Message> = messages.iter().take(MOST_MESSAGES).collect();
    let json = serde_json::to_vec(&kept).map_err(|error| Problem::internal(&error))?;
    set(FLASH, &URL_SAFE_NO_PAD.encode(json))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_arrive_as_they_were_sent() {
        let sent = [Message::done("saved"), Message::attention("x".repeat(1000))];
        let header = carry(&sent).unwrap();
        let pair = header
            .to_str()
            .unwrap()
            .split(';')
            .next()
            .unwrap()
            .to_owned();
        let mut headers = HeaderMap::new();
        headers.insert("cookie", pair.parse().unwrap());
        let read = read(&headers).unwrap();
        assert!(read[0].is_done() && !read[1].is_done());
        assert_eq!(read[1].text.chars().count(), LONGEST + 1);
        headers.insert("cookie", "commissary-flash=forged".parse().unwrap());
        assert!(super::read(&headers).is_none());
    }
}
