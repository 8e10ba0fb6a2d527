//! `Idempotency-Key`: a `POST` that is sent again with the same key is answered as
//! the first was, and not done again (draft-ietf-httpapi-idempotency-key-header).
//!
//! What began is noted in the store before it is done, so that a second one finds it
//! at whichever server, and one whose server died is told as such. Only what was done
//! is kept: a refusal changed nothing, and the same may be sent again with the key.

mod key;
mod once;

pub(crate) use key::FIELD;
pub(crate) use once::sent_once;

use std::convert::Infallible;
use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{MatchedPath, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use commissary_core::domain::{KeptAnswer, Repeated};
use commissary_core::{BegunRequest, Commissary, Error, REQUEST_LEASE};

use crate::api::body::collect;
use crate::api::events::wants_events;
use crate::forms::LedTo;
use crate::options::App;
use crate::problem::{Code, Problem};
use crate::routes::RouteInfo;
use crate::running;
use crate::session::SignedIn;

/// Tells an answer that was kept from one that was made now.
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
/// The headers that belong to an answer.
const KEPT: [HeaderName; 3] = [header::CONTENT_TYPE, header::LOCATION, header::ETAG];

/// The routes whose answers hold a secret that is shown once, and so never kept.
const SHOWN_ONCE: [&str; 3] = ["/api/v1/tokens", "/api/v1/login", "/api/v1/invitations"];

/// How often a request says that it is still being done.
const BEAT: Duration = Duration::from_secs(5);
const _: () = assert!(BEAT.as_secs() * 5 < REQUEST_LEASE.as_secs().unsigned_abs());
/// After how many seconds it is worth asking again for what is under way.
const A_MOMENT: u64 = 2;

/// Lets a request through once for each key of its caller's.
pub(crate) async fn repeatable(
    State(app): State<App>,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let Some(key) = key::given(request.headers())? else {
        return Ok(next.run(request).await);
    };
    can_be_kept(&request)?;
    let actor = request.extensions().get::<SignedIn>().cloned();
    let SignedIn(actor) = actor.ok_or(Error::NotSignedIn)?;
    let (parts, body) = taken_apart(request).await?;
    let asked = [
        parts.method.as_str().as_bytes(),
        target(&parts).as_bytes(),
        media_type(&parts).as_bytes(),
        &body,
    ];
    let product = app.commissary.clone();
    let (begun, known) = product.begin_request(&actor, &key, &asked).await?;
    match known {
        Repeated::First => {
            let request = Request::from_parts(parts, Body::from(body));
            running::to_its_end(done(product, begun, request, next, succeeded)).await
        }
        Repeated::Answered(answer) => replayed(answer),
        Repeated::Running => Err(Problem {
            retry_after: Some(A_MOMENT),
            ..Problem::new(
                Code::RequestRunning,
                "the request with this `Idempotency-Key` is still being done; ask again in a moment",
            )
        }),
        Repeated::Lost => Err(Problem::new(
            Code::RequestLost,
            "the request with this `Idempotency-Key` began, and the server broke off before it was answered: it may be done, in part or not at all; look at what is there, then send it with another key if it is still needed",
        )),
        Repeated::Other => Err(Problem::new(
            Code::IdempotencyKeyReused,
            "this `Idempotency-Key` came with another request; each request needs a key of its own",
        )),
    }
}

/// Whether the answers of a route are kept.
pub(crate) fn keeps(route: &RouteInfo) -> bool {
    route.is_repeatable() && !SHOWN_ONCE.contains(&route.path)
}

/// What a request with a key may be refused with.
pub(crate) fn refusals(route: &RouteInfo) -> &'static [Code] {
    match (route.is_repeatable(), keeps(route)) {
        (true, true) => &[
            Code::IdempotencyKeyUnusable,
            Code::IdempotencyKeyReused,
            Code::RequestRunning,
            Code::RequestLost,
        ],
        (true, false) => &[Code::IdempotencyKeyUnusable],
        (false, _) => &[],
    }
}

/// Refuses the key where no answer could be kept.
fn can_be_kept(request: &Request) -> Result<(), Problem> {
    let unusable = |detail| Err(Problem::new(Code::IdempotencyKeyUnusable, detail));
    let route = request.extensions().get::<MatchedPath>();
    if route.is_some_and(|route| SHOWN_ONCE.contains(&route.as_str())) {
        return unusable(
            "the answer here holds a secret that is shown once and not kept, so that it cannot be given again; leave `Idempotency-Key` out, and revoke what was made if its answer is lost",
        );
    }
    if wants_events(request.headers()) {
        return unusable(
            "events are not kept, so that they cannot be given again; ask for `application/json`, or leave `Idempotency-Key` out",
        );
    }
    Ok(())
}

/// A request with its body, which arrived.
async fn taken_apart(request: Request) -> Result<(Parts, Bytes), Problem> {
    let (parts, body) = request.into_parts();
    let mut sent = Request::new(body);
    *sent.extensions_mut() = parts.extensions.clone();
    Ok((parts, collect(sent).await?))
}

fn target(parts: &Parts) -> &str {
    let target = parts.uri.path_and_query();
    target.map_or("/", |target| target.as_str())
}

fn media_type(parts: &Parts) -> &str {
    let given = parts.headers.get(header::CONTENT_TYPE);
    given.and_then(|given| given.to_str().ok()).unwrap_or("")
}

/// Does a request, saying all the while that it is being done.
async fn done(
    product: Commissary,
    begun: BegunRequest,
    request: Request,
    next: Next,
    is_done: fn(&Response) -> bool,
) -> Result<Response, Problem> {
    let response = tokio::select! {
        response = next.run(request) => response,
        never = beating(&product, begun) => match never {},
    };
    kept(&product, begun, response, is_done).await
}

/// Says again and again that a request is being done. It goes on beside the request
/// itself: one waits for what the other is writing.
async fn beating(product: &Commissary, begun: BegunRequest) -> Infallible {
    loop {
        tokio::time::sleep(BEAT).await;
        if let Err(error) = product.beat_request(begun).await {
            // The lease is longer than a few beats.
            tracing::warn!(%error, "a request could not say that it is being done");
        }
    }
}

/// Whether an answer says that a request was done.
fn succeeded(response: &Response) -> bool {
    response.status().is_success()
}

/// Keeps an answer; what was refused, or found AWS silent, may be sent again.
async fn kept(
    product: &Commissary,
    begun: BegunRequest,
    response: Response,
    is_done: fn(&Response) -> bool,
) -> Result<Response, Problem> {
    let status = response.extensions().get::<LedTo>();
    let status = status.map_or(response.status(), |LedTo(status)| *status);
    let changed_nothing = [StatusCode::BAD_GATEWAY, StatusCode::SERVICE_UNAVAILABLE];
    if !is_done(&response) {
        // How anything else ended is not known: then the note stays, and says so.
        if status.is_success() || status.is_client_error() || changed_nothing.contains(&status) {
            product.forget_request(begun).await?;
        }
        return Ok(response);
    }
    let (parts, body) = response.into_parts();
    // It was made in memory, whole.
    let body = to_bytes(body, usize::MAX).await;
    let body = body.map_err(|error| Problem::internal(&error))?;
    let answer = KeptAnswer {
        status: status.as_u16(),
        headers: of_answer(&parts.headers),
        body: body.to_vec(),
    };
    if let Err(error) = product.keep_answer(begun, &answer).await {
        // It is done; who asks again is told that this is not known.
        tracing::error!(%error, "the answer to a request could not be kept");
    }
    Ok(Response::from_parts(parts, Body::from(body)))
}

fn of_answer(headers: &HeaderMap) -> Vec<(String, String)> {
    let value = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let kept = KEPT.iter().filter_map(|name| Some((name, value(name)?)));
    kept.map(|(name, value)| (name.to_string(), value.to_owned()))
        .collect()
}

/// An answer as it was given before.
fn replayed(answer: KeptAnswer) -> Result<Response, Problem> {
    let mut response = Response::builder()
        .status(answer.status)
        .header(REPLAYED, HeaderValue::from_static("true"));
    for (name, value) in answer.headers {
        response = response.header(name, value);
    }
    response
        .body(Body::from(answer.body))
        .map_err(|error| Problem::internal(&error))
}
