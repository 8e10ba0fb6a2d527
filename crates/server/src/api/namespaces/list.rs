//! `GET /api/v1/workspaces/{workspace}/namespaces`, by management cluster.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use commissary_core::Action;

use crate::api::Names;
use crate::api::list::List;
use crate::api::wire::NamespacesJson;
use crate::describe::{Operation, Tag};
use crate::options::App;
use crate::problem::Problem;
use crate::session::SignedIn;

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new(
        "listNamespaces",
        Tag::Workspaces,
        "The namespaces of a workspace, by management cluster",
    )
    .takes(Action::ReadNamespaces)
    .answers::<List<NamespacesJson>>(StatusCode::OK, "All of them.")
}

pub(crate) async fn list_namespaces(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Names(workspace): Names<String>,
) -> Result<Json<List<NamespacesJson>>, Problem> {
    let product = &app.commissary;
    let namespaces = product.list_namespaces(&actor, &workspace).await?;
    Ok(List::whole(
        namespaces.iter().map(NamespacesJson::of).collect(),
    ))
}
