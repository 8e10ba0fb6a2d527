//! The browser that somebody signs in with.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use commissary_core::people::{SignInFrom, SignedIn};
use zeroize::Zeroizing;

use super::{BROWSER, CameFrom, SESSION, Transport, signed_in};
use crate::problem::Problem;

/// A browser that may sign in, and how its cookies travel.
pub(crate) struct Browser {
    pub(crate) from: SignInFrom,
    pub(crate) transport: Transport,
}

impl<S: Sync> FromRequestParts<S> for Browser {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let CameFrom(origin) = CameFrom::of(&parts.extensions);
        let transport = Transport::of(&parts.extensions);
        let headers = &parts.headers;
        let agent = headers.get(header::USER_AGENT);
        let kept = |value: &str| Zeroizing::new(value.to_owned());
        let from = SignInFrom {
            origin,
            browser: agent
                .and_then(|agent| agent.to_str().ok())
                .unwrap_or_default()
                .to_owned(),
            mark: BROWSER.of(headers, transport).map(kept),
            replaces: SESSION.of(headers, transport).map(kept),
        };
        Ok(Self { from, transport })
    }
}

/// Signs the browser in and leads it on.
pub(crate) fn welcome(
    begun: SignedIn,
    transport: Transport,
    to: &str,
) -> Result<Response, Problem> {
    let mut response = Redirect::to(to).into_response();
    for line in signed_in(begun, transport)? {
        response.headers_mut().append(header::SET_COOKIE, line);
    }
    Ok(response)
}
