//! The table of everything that the server answers. The router is built from
//! it, so that what is not in it does not exist.

mod api;
mod console;

use std::sync::LazyLock;

use axum::http::Method;
use axum::routing::MethodRouter;

use crate::describe::Operation;
use crate::forms::FormRow;
use crate::options::App;

/// Who may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody.
    Public,
    /// Whoever presents a token or a session that is known.
    SignedIn,
}

/// What a route belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Area {
    /// The REST API and what machines ask; errors are problem documents.
    Api,
    /// The console; errors are pages.
    Console,
}

/// One endpoint or page.
#[derive(Debug)]
pub struct RouteInfo {
    /// The method that it answers.
    pub method: Method,
    /// The template of its path, for example `/workspaces/{workspace}`.
    pub path: &'static str,
    /// Who may ask.
    pub access: Access,
    /// What it belongs to.
    pub area: Area,
    pub(crate) handler: fn() -> MethodRouter<App>,
    /// How the document describes it; the console's are not in it.
    pub(crate) describe: Option<fn() -> Operation>,
    /// What holds for it as a form of the console, if it is one.
    pub(crate) form: Option<FormRow>,
}

impl RouteInfo {
    /// Whether it belongs to the API and reads nothing from the query. Whoever asks whether the
    /// server is well may add what it likes.
    pub(crate) fn refuses_parameters(&self) -> bool {
        let asks_nothing = |describe: fn() -> Operation| describe().asks_nothing();
        self.path.starts_with("/api/") && self.describe.is_some_and(asks_nothing)
    }

    /// Whether it takes a form of somebody who is signed in.
    pub(crate) fn takes_form(&self) -> bool {
        self.form.is_some() && self.access == Access::SignedIn
    }

    /// Whether it is a page of the console.
    pub(crate) fn is_page(&self) -> bool {
        self.method == Method::GET && self.area == Area::Console
    }

    /// Whether a request can be sent again with an `Idempotency-Key`, or is told why not.
    pub(crate) fn is_repeatable(&self) -> bool {
        self.method == Method::POST && self.area == Area::Api
    }
}

/// Every route of the server.
pub fn routes() -> &'static [RouteInfo] {
    &ROUTES
}

static ROUTES: LazyLock<Vec<RouteInfo>> = LazyLock::new(|| {
    let mut rows = api::rows();
    rows.extend(console::rows());
    rows
});

/// Whether problems at this path are told to machines.
pub(crate) fn is_api(path: &str) -> bool {
    let by_table = |route: &RouteInfo| route.area == Area::Api && route.path == path;
    path == "/api" || path.starts_with("/api/") || ROUTES.iter().any(by_table)
}

/// The form whose template that is.
pub(crate) fn form_at(path: &str) -> Option<&'static FormRow> {
    let form = |route: &'static RouteInfo| route.form.as_ref().filter(|_| route.path == path);
    ROUTES.iter().find_map(form)
}

type Handler = fn() -> MethodRouter<App>;

fn page(method: Method, path: &'static str, access: Access, handler: Handler) -> RouteInfo {
    RouteInfo {
        method,
        path,
        access,
        area: Area::Console,
        handler,
        describe: None,
        form: None,
    }
}

/// A form on the page `on`, which takes the fields `brings` back from its address.
fn form(
    path: &'static str,
    access: Access,
    on: &'static str,
    brings: &'static [&'static str],
    handler: Handler,
) -> RouteInfo {
    RouteInfo {
        form: Some(FormRow { on, brings }),
        ..page(Method::POST, path, access, handler)
    }
}

fn endpoint(
    method: Method,
    path: &'static str,
    access: Access,
    describe: fn() -> Operation,
    handler: Handler,
) -> RouteInfo {
    RouteInfo {
        method,
        path,
        access,
        area: Area::Api,
        handler,
        describe: Some(describe),
        form: None,
    }
}
