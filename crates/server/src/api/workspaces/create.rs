//! `POST /api/v1/workspaces`: `{"name": "team-a"}`.

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use commissary_core::Action;
use commissary_core::domain::WorkspaceName;
use serde_json::json;

use crate::api::body::{Body, Input};
use crate::api::fields::Fields;
use crate::api::wire::WorkspaceJson;
use crate::describe::{Field, Operation, Tag, headers};
use crate::options::App;
use crate::problem::{Code, Problem};
use crate::session::SignedIn;
use crate::urls;

static NAME: Field = Field::new("name", "A DNS label, as Kubernetes names its namespaces.")
    .pattern(WorkspaceName::PATTERN, WorkspaceName::MOST);

/// A workspace as it is asked for.
pub(crate) struct NewWorkspace(String);

impl Input for NewWorkspace {
    const NAME: &'static str = "NewWorkspace";

    fn read(fields: &mut Fields) -> Option<Self> {
        Some(Self(fields.text(&NAME)))
    }
}

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new("createWorkspace", Tag::Workspaces, "Create a workspace")
        .takes(Action::CreateWorkspace)
        .body::<NewWorkspace>(json!({"name": "team-a"}))
        .answers::<WorkspaceJson>(StatusCode::CREATED, "The workspace.")
        .with(headers::LOCATION)
        .refuses(&[Code::NameTaken])
}

pub(crate) async fn create_workspace(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Body(NewWorkspace(name)): Body<NewWorkspace>,
) -> Result<Response, Problem> {
    let workspace = app.commissary.create_workspace(&actor, &name).await?;
    let location = urls::api_workspace(workspace.name.as_str());
    let body = Json(WorkspaceJson::of(&workspace));
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], body).into_response())
}
