//! The router, built from the table of routes.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use commissary_core::Commissary;

use crate::api::BODY_LIMIT;
use crate::forms::{kept, led_on};
use crate::layers::{
    measure, problem_pages, refuse_parameters, request_id, request_log, security_headers,
    time_limit,
};
use crate::limits::body_limit;
use crate::options::{App, Options};
use crate::problem::{Code, Problem};
use crate::repeat::{repeatable, sent_once};
use crate::routes::{Access, routes};
use crate::session::{guard, refuse_cross_site};

/// The whole server as a router: every route of [`routes`], those that ask for
/// sign-in behind the guard.
pub fn router(app: Commissary, options: Options) -> Router {
    let app = App::new(app, options);
    let mut router = Router::new();
    for route in routes() {
        let mut handler = (route.handler)();
        if route.refuses_parameters() {
            handler = handler.route_layer(from_fn(refuse_parameters));
        }
        if route.is_repeatable() {
            handler = handler.route_layer(from_fn_with_state(app.clone(), repeatable));
        }
        if route.form.is_some() {
            handler = handler.route_layer(from_fn_with_state(app.clone(), led_on));
        }
        if route.is_page() {
            handler = handler.route_layer(from_fn_with_state(app.clone(), kept));
        }
        if route.takes_form() {
            handler = handler.route_layer(from_fn_with_state(app.clone(), sent_once));
        }
        let handler = match route.access {
            Access::Public => handler,
            Access::SignedIn => handler.route_layer(from_fn_with_state(app.clone(), guard)),
        };
        router = router.route(route.path, handler);
    }
    router
        .fallback(nothing_here)
        .method_not_allowed_fallback(not_so)
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(from_fn_with_state(app.clone(), body_limit))
        .layer(from_fn(refuse_cross_site))
        .layer(from_fn(time_limit))
        .layer(from_fn_with_state(app.clone(), problem_pages))
        .layer(from_fn(security_headers))
        .layer(from_fn(request_log))
        .layer(from_fn_with_state(app.clone(), measure))
        .layer(from_fn_with_state(app.clone(), request_id))
        .with_state(app)
}

async fn nothing_here() -> Problem {
    Problem::new(Code::NotFound, "there is nothing at this address")
}

async fn not_so() -> Problem {
    Problem::new(
        Code::MethodNotAllowed,
        "this address does not take this method; the `Allow` header names those that it takes",
    )
}
