//! `POST /api/v1/management-clusters/{cluster}/check`: looks at it again.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use commissary_core::Action;

use crate::api::Names;
use crate::api::wire::ClusterJson;
use crate::describe::{Operation, Tag, headers};
use crate::options::App;
use crate::problem::{Code, Problem};
use crate::running::to_its_end;
use crate::session::SignedIn;

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new(
        "checkCluster",
        Tag::Clusters,
        "Look whether providers can be delivered to a management cluster",
    )
    .about("That it cannot be reached is a finding too, not a refusal.")
    .takes(Action::ManageClusters)
    .answers::<ClusterJson>(
        StatusCode::OK,
        "The management cluster, with what was found.",
    )
    .with(headers::ETAG)
    .refuses(&[Code::PreconditionFailed])
}

pub(crate) async fn check_cluster(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Names(name): Names<String>,
) -> Result<Response, Problem> {
    let cluster = to_its_end(async move { Ok(app.commissary.check_cluster(&actor, &name).await?) });
    Ok(ClusterJson::of(&cluster.await?).into_answer())
}
