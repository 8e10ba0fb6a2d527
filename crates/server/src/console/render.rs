//! Templates to responses, and the redirects between pages.

use askama::Template;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};

use super::flash::{FLASH, Message, carry};
use crate::assets::{CSS, ICON, JS};
use crate::forms::ShownOnce;
use crate::options::App;
use crate::problem::Problem;
use crate::session::{cleared, cookie};

/// What every page shows, signed in or not.
pub(crate) struct Base {
    pub(crate) css: String,
    pub(crate) js: String,
    pub(crate) icon: String,
    pub(crate) notice: Option<String>,
}

impl Base {
    pub(crate) fn of(app: &App) -> Self {
        Self {
            css: CSS.path(),
            js: JS.path(),
            icon: ICON.path(),
            notice: app.options.notice.clone(),
        }
    }
}

/// Renders a page.
pub(crate) fn page(status: StatusCode, template: &impl Template) -> Result<Response, Problem> {
    let html = template
        .render()
        .map_err(|error| Problem::internal(&error))?;
    Ok(self::html(status, html))
}

/// A page that is rendered already.
pub(crate) fn html(status: StatusCode, html: String) -> Response {
    let media_type = HeaderValue::from_static("text/html; charset=utf-8");
    (status, [(header::CONTENT_TYPE, media_type)], html).into_response()
}

/// Renders a page with a secret that is handed over: it is shown once, and `afterwards` is told in
/// its place then.
pub(crate) fn page_once(template: &impl Template, afterwards: &str) -> Result<Response, Problem> {
    let mut response = page(StatusCode::OK, template)?;
    let once = ShownOnce(afterwards.to_owned());
    response.extensions_mut().insert(once);
    Ok(response)
}

/// Renders a page that says after how many seconds it is worth trying again.
pub(crate) fn page_after(
    seconds: Option<u64>,
    status: StatusCode,
    template: &impl Template,
) -> Result<Response, Problem> {
    let mut response = page(status, template)?;
    if let Some(seconds) = seconds {
        let seconds = HeaderValue::from(seconds);
        response.headers_mut().insert(header::RETRY_AFTER, seconds);
    }
    Ok(response)
}

/// Renders a page that shows the messages of the request, which are done with then.
pub(crate) fn page_with_messages(
    headers: &HeaderMap,
    template: &impl Template,
) -> Result<Response, Problem> {
    let mut response = page(StatusCode::OK, template)?;
    if cookie(headers, FLASH).is_some() {
        response
            .headers_mut()
            .append(header::SET_COOKIE, cleared(FLASH)?);
    }
    Ok(response)
}

/// Goes on to another page that tells `messages`.
pub(crate) fn go_and_tell(to: &str, messages: &[Message]) -> Result<Response, Problem> {
    let mut response = Redirect::to(to).into_response();
    response
        .headers_mut()
        .append(header::SET_COOKIE, carry(messages)?);
    Ok(response)
}
