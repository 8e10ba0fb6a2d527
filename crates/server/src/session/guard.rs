//! The guard: nothing behind it runs without an actor.

use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use commissary_core::people::Origin;
use commissary_core::{Actor, Error};

use super::{CameFrom, SESSION, Transport};
use crate::forms::brought_back;
use crate::options::App;
use crate::problem::Problem;

/// Lets a request through with the actor that its token or session belongs to.
/// A token that is presented decides alone: a session beside it does not help.
pub(crate) async fn guard(
    State(app): State<App>,
    mut request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let CameFrom(origin) = CameFrom::of(request.extensions());
    let transport = Transport::of(request.extensions());
    match actor_of(&app, request.headers(), transport, origin).await {
        Ok(actor) => {
            request.extensions_mut().insert(SignedIn(actor));
            Ok(next.run(request).await)
        }
        Err(Error::NotSignedIn) => Ok(turned_away(request).await),
        Err(error) => Err(error.into()),
    }
}

async fn actor_of(
    app: &App,
    headers: &HeaderMap,
    transport: Transport,
    origin: Origin,
) -> Result<Actor, Error> {
    match bearer(headers) {
        Presented::Token(token) => app.commissary.actor_of_token(token, origin).await,
        Presented::Other => Err(Error::NotSignedIn),
        Presented::Nothing => {
            let session = SESSION.of(headers, transport).ok_or(Error::NotSignedIn)?;
            app.commissary.actor_of_session(session, origin).await
        }
    }
}

async fn turned_away(request: Request) -> Response {
    let mut response = Problem::from(Error::NotSignedIn).into_response();
    if request.method() == Method::POST
        && let Some(back) = brought_back(request).await
    {
        response.extensions_mut().insert(back);
    }
    response
}

enum Presented<'a> {
    Token(&'a str),
    /// An `Authorization` of another scheme, or one that cannot be read.
    Other,
    Nothing,
}

fn bearer(headers: &HeaderMap) -> Presented<'_> {
    let Some(value) = headers.get(header::AUTHORIZATION) else {
        return Presented::Nothing;
    };
    let pair = value.to_str().ok().and_then(|line| line.split_once(' '));
    match pair {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => {
            Presented::Token(token.trim())
        }
        _ => Presented::Other,
    }
}

/// The actor that the guard established. A handler that takes it cannot be
/// reached past the guard.
#[derive(Debug, Clone)]
pub(crate) struct SignedIn(pub(crate) Actor);

impl<S: Sync> FromRequestParts<S> for SignedIn {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let actor = parts.extensions.get::<Self>().cloned();
        actor.ok_or_else(|| Error::NotSignedIn.into())
    }
}
