//! `GET …/infrastructure-providers/{name}`.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use commissary_core::Action;

use crate::api::Names;
use crate::api::wire::{ProviderJson, etag};
use crate::describe::{Operation, Tag, headers};
use crate::options::App;
use crate::problem::Problem;
use crate::session::SignedIn;

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new(
        "showProvider",
        Tag::Providers,
        "An infrastructure provider, without its secret",
    )
    .takes(Action::ReadProvider)
    .answers::<ProviderJson>(StatusCode::OK, "The provider.")
    .with(headers::ETAG)
}

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
