//! `PATCH /api/v1/management-clusters/{cluster}`: changes what the body names, of the cluster that
//! `If-Match` names.

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use commissary_core::domain::{ClusterName, NamespaceName};
use commissary_core::{Action, ClusterChange, authorize};
use serde_json::json;

use super::given;
use crate::api::Names;
use crate::api::body::{Body, Input};
use crate::api::fields::Fields;
use crate::api::preconditions::IfMatch;
use crate::api::wire::{ClusterSavedJson, cluster_etag};
use crate::describe::{Field, Operation, Tag, headers};
use crate::options::App;
use crate::problem::{Code, Problem};
use crate::running::to_its_end;
use crate::session::SignedIn;
use crate::urls;

static NAME: Field =
    Field::new("name", "Another name.").pattern(ClusterName::PATTERN, ClusterName::MOST);
static CAPA_NAMESPACE: Field = Field::new("capaNamespace", "Another namespace of CAPA's manager.")
    .pattern(NamespaceName::PATTERN, NamespaceName::MOST);

/// What is not named stays as it is.
impl Input for ClusterChange {
    const NAME: &'static str = "ManagementClusterChange";

    fn read(fields: &mut Fields) -> Option<Self> {
        let access = fields.optional_object(&given::CONNECTION, given::connection);
        Some(Self {
            name: fields.optional_text(&NAME),
            access: access.flatten(),
            capa_namespace: fields.optional_text(&CAPA_NAMESPACE),
            sealing_certificate: fields.optional_text(&given::SEALING_CERTIFICATE),
            verify: given::verify(fields),
        })
    }
}

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new(
        "updateCluster",
        Tag::Clusters,
        "Change a management cluster",
    )
    .about("What is not named stays as it is. A new kubeconfig takes the place of the old one.")
    .takes(Action::ManageClusters)
    .on_condition(headers::IF_MATCH)
    .body::<ClusterChange>(json!({"capaNamespace": "capa", "verify": "later"}))
    .answers::<ClusterSavedJson>(
        StatusCode::OK,
        "The management cluster, and what people should know.",
    )
    .with(headers::CONTENT_LOCATION)
    .with(headers::ETAG)
    .refuses(&[Code::NameTaken])
}

pub(crate) async fn update_cluster(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Names(name): Names<String>,
    if_match: IfMatch,
    Body(change): Body<ClusterChange>,
) -> Result<Response, Problem> {
    authorize(&actor, Action::ManageClusters, None)?;
    let seen = app.commissary.show_cluster(&actor, &name).await?;
    if_match.check(&cluster_etag(&seen))?;
    let saved = to_its_end(async move {
        let product = &app.commissary;
        Ok(product.update_cluster(&actor, &seen, change).await?)
    });
    let saved = saved.await?;
    let headers = [
        // It may have another name now.
        (
            header::CONTENT_LOCATION,
            urls::api_cluster(saved.cluster.name.as_str()),
        ),
        (header::ETAG, cluster_etag(&saved.cluster)),
    ];
    Ok((headers, Json(ClusterSavedJson::of(saved))).into_response())
}
