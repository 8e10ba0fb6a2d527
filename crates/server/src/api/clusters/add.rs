//! `POST /api/v1/management-clusters`: adds one, looking at it first.

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use commissary_core::domain::ClusterName;
use commissary_core::{Action, NewCluster};

use super::given;
use crate::api::body::{Body, Input};
use crate::api::fields::Fields;
use crate::api::wire::{ClusterSavedJson, cluster_etag};
use crate::describe::{Field, Operation, Tag, headers};
use crate::options::App;
use crate::problem::{Code, Problem};
use crate::running::to_its_end;
use crate::session::SignedIn;
use crate::urls;

static NAME: Field =
    Field::new("name", "The name, unique here.").pattern(ClusterName::PATTERN, ClusterName::MOST);

impl Input for NewCluster {
    const NAME: &'static str = "NewManagementCluster";

    fn read(fields: &mut Fields) -> Option<Self> {
        let name = fields.text(&NAME);
        let access = fields.object(&given::CONNECTION, given::connection);
        let capa_namespace = fields.optional_text(&given::CAPA_NAMESPACE);
        let sealing_certificate = fields.optional_text(&given::SEALING_CERTIFICATE);
        let verify = given::verify(fields);
        Some(Self {
            name,
            access: access?,
            capa_namespace,
            sealing_certificate,
            verify,
        })
    }
}

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new("addCluster", Tag::Clusters, "Add a management cluster")
        .about(
            "The cluster is asked who may do what there. What stands in the way of deliveries is \
             told in `notices` and does not block saving; a cluster that lets nobody in is refused. \
             With `\"verify\": \"later\"` it is not asked.",
        )
        .takes(Action::ManageClusters)
        .body::<NewCluster>(given::example())
        .answers::<ClusterSavedJson>(
            StatusCode::CREATED,
            "The management cluster, and what people should know.",
        )
        .with(headers::LOCATION)
        .with(headers::ETAG)
        .refuses(&[Code::NameTaken])
}

pub(crate) async fn add_cluster(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Body(new): Body<NewCluster>,
) -> Result<Response, Problem> {
    let saved = to_its_end(async move { Ok(app.commissary.add_cluster(&actor, new).await?) });
    let saved = saved.await?;
    let headers = [
        (
            header::LOCATION,
            urls::api_cluster(saved.cluster.name.as_str()),
        ),
        (header::ETAG, cluster_etag(&saved.cluster)),
    ];
    Ok((
        StatusCode::CREATED,
        headers,
        Json(ClusterSavedJson::of(saved)),
    )
        .into_response())
}
