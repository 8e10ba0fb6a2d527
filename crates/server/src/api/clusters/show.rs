//! `GET /api/v1/management-clusters/{cluster}`.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use commissary_core::Action;

use crate::api::Names;
use crate::api::wire::ClusterJson;
use crate::describe::{Operation, Tag, headers};
use crate::options::App;
use crate::problem::Problem;
use crate::session::SignedIn;

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new(
        "showCluster",
        Tag::Clusters,
        "A management cluster and what the last look at it found, without its kubeconfig",
    )
    .takes(Action::ReadClusters)
    .answers::<ClusterJson>(StatusCode::OK, "The management cluster.")
    .with(headers::ETAG)
}

pub(crate) async fn show_cluster(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Names(name): Names<String>,
) -> Result<Response, Problem> {
    let cluster = app.commissary.show_cluster(&actor, &name).await?;
    Ok(ClusterJson::of(&cluster).into_answer())
}
