//! `DELETE /api/v1/management-clusters/{cluster}?confirm=NAME`.

use axum::extract::State;
use axum::http::StatusCode;
use commissary_core::Action;

use crate::api::Names;
use crate::api::query::{Ask, Confirmation};
use crate::describe::{Operation, Tag};
use crate::options::App;
use crate::problem::Problem;
use crate::session::SignedIn;

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new(
        "deleteCluster",
        Tag::Clusters,
        "Remove a management cluster",
    )
    .about("Its kubeconfig goes, and the namespaces that workspaces have there.")
    .takes(Action::ManageClusters)
    .asks::<Confirmation>()
    .answers_nothing("It is gone.")
}

pub(crate) async fn delete_cluster(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Names(name): Names<String>,
    Ask(Confirmation(confirmation)): Ask<Confirmation>,
) -> Result<StatusCode, Problem> {
    let product = &app.commissary;
    product.delete_cluster(&actor, &name, &confirmation).await?;
    Ok(StatusCode::NO_CONTENT)
}
