//! Problems as pages, with ways out.

use askama::Template;
use axum::response::{IntoResponse, Response};

use super::prose::{Prose, prose};
use super::render::{Base, page_after};
use crate::options::App;
use crate::problem::Problem;

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage<'a> {
    base: Base,
    status: u16,
    title: &'static str,
    detail: Prose,
    /// Whether the way out leads to the sign-in or past it.
    signed_in: bool,
    request_id: Option<&'a str>,
}

/// The page that tells a problem. `signed_in` is whether a session was named: one that has ended
/// meanwhile is found out on the way.
pub(crate) fn problem_page(
    app: &App,
    problem: &Problem,
    signed_in: bool,
    request_id: Option<&str>,
) -> Response {
    let status = problem.status();
    let template = ProblemPage {
        base: Base::of(app),
        status: status.as_u16(),
        title: problem.code.title(),
        detail: prose(&problem.detail),
        signed_in,
        request_id: request_id.filter(|_| status.is_server_error()),
    };
    // A template that does not render leaves the status and a few words.
    page_after(problem.retry_after, status, &template)
        .unwrap_or_else(|_| (status, problem.code.title()).into_response())
}
