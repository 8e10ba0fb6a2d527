//! `POST /api/v1/workspaces`: `{"name": "team-a"}`.

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::api::body::Body;
use crate::api::wire::WorkspaceJson;
use crate::options::App;
use crate::problem::Problem;
use crate::session::SignedIn;
use crate::urls;

pub(crate) async fn create_workspace(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Body(mut fields): Body,
) -> Result<Response, Problem> {
    let name = fields.text("name");
    fields.finish()?;
    let workspace = app.commissary.create_workspace(&actor, &name).await?;
    let location = urls::api_workspace(workspace.name.as_str());
    let body = Json(WorkspaceJson::of(&workspace));
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], body).into_response())
}
