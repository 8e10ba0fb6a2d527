//! `GET /api/v1/management-clusters`, by name.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use commissary_core::Action;
use commissary_core::domain::PageRequest;

use crate::api::list::List;
use crate::api::query::Ask;
use crate::api::wire::ClusterJson;
use crate::describe::{Operation, Tag};
use crate::options::App;
use crate::problem::Problem;
use crate::session::SignedIn;

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new(
        "listClusters",
        Tag::Clusters,
        "The management clusters, by name",
    )
    .takes(Action::ReadClusters)
    .asks::<PageRequest>()
    .answers::<List<ClusterJson>>(StatusCode::OK, "A page of them.")
}

pub(crate) async fn list_clusters(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Ask(request): Ask<PageRequest>,
) -> Result<Json<List<ClusterJson>>, Problem> {
    let page = app.commissary.list_clusters(&actor, &request).await?;
    Ok(List::of(&page, ClusterJson::of))
}
