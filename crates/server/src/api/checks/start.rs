//! `POST …/checks`: starts a check and answers where it is.

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use commissary_core::{Action, CheckHow};
use serde_json::json;

use crate::api::Names;
use crate::api::body::OptionalBody;
use crate::api::wire::CheckJson;
use crate::checks;
use crate::describe::{Operation, Tag, headers};
use crate::options::App;
use crate::problem::{Code, Problem};
use crate::session::SignedIn;
use crate::urls;

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new("startCheck", Tag::Checks, "Start a check")
        .about("It goes on by itself; one runs per provider.")
        .takes(Action::CheckProvider)
        .optional_body::<CheckHow>(json!({}))
        .answers::<CheckJson>(StatusCode::ACCEPTED, "The check, which is under way.")
        .with(headers::LOCATION)
        .refuses(&[Code::CheckRunning, Code::Conflict, Code::NotReady])
}

pub(crate) async fn start_check(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Names((workspace, name)): Names<(String, String)>,
    OptionalBody(how): OptionalBody<CheckHow>,
) -> Result<Response, Problem> {
    let begun = checks::begin(&app, &actor, &workspace, &name, how).await?;
    let id = begun.id();
    // Read before it runs: a quick one would be told as over.
    let product = &app.commissary;
    let check = product
        .show_check(&actor, &workspace, &name, &id.to_string())
        .await;
    checks::start(&app, begun);
    let check = check?;
    let location = urls::api_check_run(&workspace, &name, id);
    let body = Json(CheckJson::of(&check));
    Ok((StatusCode::ACCEPTED, [(header::LOCATION, location)], body).into_response())
}
