//! `GET …/infrastructure-providers/{name}`.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::api::Names;
use crate::api::wire::{ProviderJson, etag};
use crate::options::App;
use crate::problem::Problem;
use crate::session::SignedIn;

pub(crate) async fn show_provider(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Names((workspace, name)): Names<(String, String)>,
) -> Result<Response, Problem> {
    let provider = app
        .commissary
        .show_provider(&actor, &workspace, &name)
        .await?;
    let body = Json(ProviderJson::of(&provider));
    Ok(([(header::ETAG, etag(&provider))], body).into_response())
}
