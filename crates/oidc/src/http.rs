//! The way to the provider: bounded in time and size, and led astray by nobody.

use std::error::Error as _;
use std::pin::Pin;
use std::time::Duration;

use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse, http};
use reqwest::redirect::Policy;

use crate::options::Issuer;

/// How long connecting may take, and a whole question.
const CONNECT: Duration = Duration::from_secs(5);
const ANSWER: Duration = Duration::from_secs(10);
/// The largest answer that is read: keys and groups of a large organisation fit.
const LARGEST: usize = 1024 * 1024;

/// The client for everything that is asked of a provider.
pub(crate) struct Http(reqwest::Client);

/// Why nothing came back.
#[derive(Debug, Clone, thiserror::Error)]
pub(crate) enum HttpError {
    #[error("it does not answer within {} seconds", ANSWER.as_secs())]
    TimedOut,
    #[error("no connection can be made ({0})")]
    NoConnection(String),
    #[error("its answer is larger than {} KiB", LARGEST / 1024)]
    TooLarge,
    #[error("{0}")]
    Other(String),
}

impl Http {
    /// A client for a provider. It follows no redirect: what the provider says about itself
    /// is where it is (RFC 9700, section 4.11), and where the issuer has TLS all of it has.
    pub(crate) fn new(issuer: &Issuer) -> Result<Self, HttpError> {
        reqwest::Client::builder()
            .redirect(Policy::none())
            .https_only(issuer.is_tls())
            .connect_timeout(CONNECT)
            .timeout(ANSWER)
            .build()
            .map(Self)
            .map_err(|error| from(&error))
    }

    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let request = reqwest::Request::try_from(request).map_err(|error| from(&error))?;
        let mut answer = self
            .0
            .execute(request)
            .await
            .map_err(|error| from(&error))?;
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(|error| from(&error))? {
            if body.len() + chunk.len() > LARGEST {
                return Err(HttpError::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        let mut response = http::Response::new(body);
        *response.status_mut() = answer.status();
        *response.headers_mut() = answer.headers().clone();
        Ok(response)
    }
}

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = HttpError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, HttpError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.send(request))
    }
}

fn from(error: &reqwest::Error) -> HttpError {
    if error.is_timeout() {
        return HttpError::TimedOut;
    }
    // What is outside names the address; what is innermost says what happened.
    let mut innermost = error.source();
    while let Some(next) = innermost.and_then(|inner| inner.source()) {
        innermost = Some(next);
    }
    let said = innermost.map_or_else(|| "it broke off".to_owned(), ToString::to_string);
    match error.is_connect() {
        true => HttpError::NoConnection(said),
        false => HttpError::Other(said),
    }
}
