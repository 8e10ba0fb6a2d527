//! A form is never answered with a page, but led on to one: whoever reloads it, or goes back to
//! it, asks for it again and sends nothing. The page of a form that was refused is kept for a
//! while at the address of the page that the form stands on.

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{MatchedPath, Request, State};
use axum::http::response::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Redirect, Response};
use commissary_core::domain::KeptPage;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::kept::address_of;
use crate::api::events::wants_events;
use crate::console::problem_page;
use crate::options::App;
use crate::problem::{Code, Problem};
use crate::routes::form_at;
use crate::session::SignedIn;

/// The status of a page that an answer leads on to; only what was not done leads to one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LedTo(pub(crate) StatusCode);

/// Marks a page that holds a secret: it is shown once, and this is told in its place then.
#[derive(Debug, Clone)]
pub(crate) struct ShownOnce(pub(crate) String);

/// Keeps the page that a form is answered with, and leads on to it. Steps that are told while
/// they are done go to a script, which has the page already.
pub(crate) async fn led_on(State(app): State<App>, request: Request, next: Next) -> Response {
    if wants_events(request.headers()) {
        return next.run(request).await;
    }
    let actor = request.extensions().get::<SignedIn>().cloned();
    let route = request.extensions().get::<MatchedPath>();
    let form = route.and_then(|route| form_at(route.as_str()));
    let page = form.map(|form| form.page(request.uri().path()));
    let response = with_its_page(&app, actor.is_some(), next.run(request).await);
    match page.filter(|_| is_page(&response)) {
        Some(page) => leading_on(&app, actor, &page, response).await,
        None => response,
    }
}

/// What is told at once: who is not signed in has another way to go, and of what did not arrive
/// nothing is kept.
const AT_ONCE: [Code; 2] = [Code::NotSignedIn, Code::TooSlow];

/// What the form cannot be mended by is told by a page as well. What broke is told at once.
fn with_its_page(app: &App, signed_in: bool, response: Response) -> Response {
    let problem = response.extensions().get::<Problem>();
    let told = problem
        .filter(|problem| !AT_ONCE.contains(&problem.code) && !problem.status().is_server_error());
    match told {
        Some(problem) => problem_page(app, problem, signed_in, None),
        None => response,
    }
}

fn is_page(response: &Response) -> bool {
    let given = response.headers().get(header::CONTENT_TYPE);
    given.is_some_and(|given| given.as_bytes().starts_with(b"text/html"))
}

async fn leading_on(
    app: &App,
    actor: Option<SignedIn>,
    page: &str,
    response: Response,
) -> Response {
    let (parts, body) = response.into_parts();
    // It was made in memory, whole.
    let html = match to_bytes(body, usize::MAX).await {
        Ok(html) => html,
        Err(error) => return Problem::internal(&error).into_response(),
    };
    match kept(app, actor, &parts, &html).await {
        Ok(id) => redirect(&address_of(page, id), &parts),
        Err(problem) => {
            tracing::warn!(detail = %problem.detail, "the page of a form could not be kept");
            Response::from_parts(parts, Body::from(html))
        }
    }
}

async fn kept(
    app: &App,
    actor: Option<SignedIn>,
    parts: &Parts,
    html: &Bytes,
) -> Result<Uuid, Problem> {
    let html = String::from_utf8(html.to_vec()).map_err(|error| Problem::internal(&error))?;
    let once = parts.extensions.get::<ShownOnce>();
    let page = KeptPage {
        status: parts.status.as_u16(),
        html: Zeroizing::new(html),
        afterwards: once.map(|ShownOnce(told)| told.clone()),
    };
    let actor = actor.map(|SignedIn(actor)| actor);
    Ok(app.commissary.keep_page(actor.as_ref(), page).await?)
}

fn redirect(to: &str, answer: &Parts) -> Response {
    let mut response = Redirect::to(to).into_response();
    let cookies = answer.headers.get_all(header::SET_COOKIE);
    let headers: &mut HeaderMap = response.headers_mut();
    for line in cookies {
        headers.append(header::SET_COOKIE, line.clone());
    }
    if answer.extensions.get::<ShownOnce>().is_none() {
        response.extensions_mut().insert(LedTo(answer.status));
    }
    response
}
