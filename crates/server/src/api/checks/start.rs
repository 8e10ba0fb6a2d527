//! `POST …/checks`: starts a check and answers where it is.

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::api::Names;
use crate::api::body::OptionalBody;
use crate::api::providers::how;
use crate::api::wire::CheckJson;
use crate::checks;
use crate::options::App;
use crate::problem::Problem;
use crate::session::SignedIn;
use crate::urls;

pub(crate) async fn start_check(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Names((workspace, name)): Names<(String, String)>,
    OptionalBody(fields): OptionalBody,
) -> Result<Response, Problem> {
    let how = how(fields)?;
    let begun = checks::begin(&app, &actor, &workspace, &name, how).await?;
    let id = begun.id();
    let product = app.commissary.clone();
    checks::start(&app, begun);
    let check = product
        .show_check(&actor, &workspace, &name, &id.to_string())
        .await?;
    let location = urls::api_check_run(&workspace, &name, id);
    let body = Json(CheckJson::of(&check));
    Ok((StatusCode::ACCEPTED, [(header::LOCATION, location)], body).into_response())
}
