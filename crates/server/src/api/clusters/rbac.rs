//! `GET /api/v1/management-clusters/{cluster}/rbac`: the manifest that grants what is needed there.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use commissary_core::Action;

use crate::api::Names;
use crate::describe::{Operation, Tag};
use crate::options::App;
use crate::problem::Problem;
use crate::session::SignedIn;

const YAML: &str = "text/plain; charset=utf-8";

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new(
        "clusterRbac",
        Tag::Clusters,
        "The manifest that grants what is needed in a management cluster, and nothing more",
    )
    .takes(Action::ReadClusters)
    .answers_text(&[YAML], "For `kubectl apply -f`.")
}

pub(crate) async fn cluster_rbac(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Names(name): Names<String>,
) -> Result<Response, Problem> {
    let product = &app.commissary;
    let cluster = product.show_cluster(&actor, &name).await?;
    let text = product.rights_manifest(&actor, &cluster.capa_namespace)?;
    Ok(([(header::CONTENT_TYPE, YAML)], text).into_response())
}
