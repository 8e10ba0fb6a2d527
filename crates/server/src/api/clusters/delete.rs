//! `DELETE /api/v1/management-clusters/{cluster}?confirm=NAME[&force=true]`.

use axum::extract::State;
use axum::http::StatusCode;
use commissary_core::{Action, Removal};

use crate::api::Names;
use crate::api::query::Ask;
use crate::describe::{Operation, Tag};
use crate::options::App;
use crate::problem::{Code, Problem};
use crate::session::SignedIn;

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new(
        "deleteCluster",
        Tag::Clusters,
        "Remove a management cluster",
    )
    .about("Its kubeconfig goes, and the namespaces that workspaces have there. While providers are delivered there that is refused, unless it is forced: what is there then stays.")
    .takes(Action::ManageClusters)
    .asks::<Removal>()
    .answers_nothing("It is gone.")
    .refuses(&[Code::InUse])
}

pub(crate) async fn delete_cluster(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Names(name): Names<String>,
    Ask(removal): Ask<Removal>,
) -> Result<StatusCode, Problem> {
    let product = &app.commissary;
    product.delete_cluster(&actor, &name, &removal).await?;
    Ok(StatusCode::NO_CONTENT)
}
