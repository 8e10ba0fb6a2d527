//! Problems of the console, as pages for people.

use axum::extract::{Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};

use super::RequestId;
use crate::console::{Message, go_and_tell, problem_page};
use crate::forms::BroughtBack;
use crate::options::App;
use crate::problem::{Code, Problem};
use crate::session::SESSION;
use crate::{routes, urls};

/// Turns problems of the console into pages, and "not signed in" into the way
/// to the sign-in page and back.
pub(crate) async fn problem_pages(
    State(app): State<App>,
    request: Request,
    next: Next,
) -> Response {
    if routes::is_api(request.uri().path()) {
        return next.run(request).await;
    }
    let back = back_to(&request);
    let id = request.extensions().get::<RequestId>().cloned();
    let signed_in = SESSION.is_in(request.headers());
    let mut response = next.run(request).await;
    let Some(problem) = response.extensions_mut().remove::<Problem>() else {
        return response;
    };
    if problem.code == Code::NotSignedIn {
        return match response.extensions_mut().remove::<BroughtBack>() {
            Some(BroughtBack { address, told }) => {
                let told = go_and_tell(&urls::sign_in(&address), &[Message::attention(told)]);
                told.unwrap_or_else(IntoResponse::into_response)
            }
            None => Redirect::to(&urls::sign_in(&back)).into_response(),
        };
    }
    let allow = response.headers().get(axum::http::header::ALLOW).cloned();
    let id = id.as_ref().map(|RequestId(id)| id.as_str());
    let mut page = problem_page(&app, &problem, signed_in, id);
    if let Some(allow) = allow {
        page.headers_mut().insert(axum::http::header::ALLOW, allow);
    }
    page
}

/// Where to go after signing in: back to what was read, or to the start where
/// something was to be written, which the browser would not send again.
fn back_to(request: &Request) -> String {
    let target = request.uri().path_and_query();
    match target {
        Some(target) if *request.method() == Method::GET => target.to_string(),
        _ => "/".to_owned(),
    }
}
