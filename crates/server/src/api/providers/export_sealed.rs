//! `POST …/infrastructure-providers/{name}/export`: the manifests with the secret in them, sealed for
//! one management cluster.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use commissary_core::{Action, SealedExportWish};
use serde_json::json;

use super::export::{CLUSTER, IDENTITY, VERSION, YAML, versions};
use crate::api::Names;
use crate::api::body::{Input, OptionalBody};
use crate::api::fields::Fields;
use crate::describe::{Operation, Tag};
use crate::options::App;
use crate::problem::{Code, Problem};
use crate::session::SignedIn;

impl Input for SealedExportWish {
    const NAME: &'static str = "SealedExport";

    fn read(fields: &mut Fields) -> Option<Self> {
        let management_cluster = fields.optional_text(&CLUSTER);
        let identity_name = fields.optional_text(&IDENTITY);
        let version = fields.choice(&VERSION, &versions(), Some(None));
        Some(Self {
            management_cluster,
            identity_name,
            version: version.flatten(),
        })
    }
}

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new(
        "exportSealedProvider",
        Tag::Providers,
        "What a management cluster would have of a provider, as manifests with the secret sealed for it",
    )
    .about(
        "A `SealedSecret` of Bitnami's Sealed Secrets and the identity. It is sealed with the \
         certificate of the management cluster and opens in CAPA's namespace there only. Each time \
         is noted in the audit log.",
    )
    .takes(Action::DeliverProvider)
    .optional_body::<SealedExportWish>(json!({"managementCluster": "capi-eu"}))
    .answers_text(
        &[YAML],
        "YAML for a repository that something else applies from.",
    )
    .refuses(&[Code::Conflict])
}

pub(crate) async fn export_sealed_provider(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Names((workspace, name)): Names<(String, String)>,
    OptionalBody(wish): OptionalBody<SealedExportWish>,
) -> Result<Response, Problem> {
    let product = &app.commissary;
    let manifests = product.export_provider_sealed(&actor, &workspace, &name, wish);
    Ok(([(header::CONTENT_TYPE, YAML)], manifests.await?).into_response())
}
