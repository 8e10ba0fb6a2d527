//! `GET …/infrastructure-providers/{name}/export`: the manifests that a repository keeps of it.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use commissary_core::domain::{IdentityName, ManagementCluster, NamespaceName};
use commissary_core::{Action, ExportWish};

use crate::api::Names;
use crate::api::query::{Ask, Query, Question};
use crate::describe::{Field, Operation, Tag};
use crate::options::App;
use crate::problem::{Code, Problem};
use crate::session::SignedIn;

pub(super) const YAML: &str = "text/plain; charset=utf-8";

pub(super) static CLUSTER: Field = Field::new(
    "managementCluster",
    "The management cluster they are for; the only one where the workspace has namespaces if none is named.",
);
static NAMESPACE: Field = Field::new(
    "namespace",
    "A namespace that may use the provider, in place of those that the workspace has; as often as needed.",
)
.pattern(NamespaceName::PATTERN, NamespaceName::MOST);
static CAPA_NAMESPACE: Field = Field::new(
    "capaNamespace",
    "The namespace of CAPA's manager; that of the management cluster if none is named.",
)
.pattern(NamespaceName::PATTERN, NamespaceName::MOST)
.or_empty();
pub(super) static VERSION: Field = Field::new(
    "apiVersion",
    "The version of CAPA's kinds; the newest that the management cluster serves if none is named.",
);
pub(super) static IDENTITY: Field = Field::new(
    "identityName",
    "What the identity and its Secret are called; `WORKSPACE-PROVIDER` if no name is given.",
)
.pattern(IdentityName::PATTERN, IdentityName::MOST)
.or_empty();

impl Question for ExportWish {
    fn read(query: &mut Query) -> Result<Self, Problem> {
        Ok(Self {
            management_cluster: query.optional_text(&CLUSTER)?,
            namespaces: query.texts(&NAMESPACE),
            capa_namespace: query.optional_text(&CAPA_NAMESPACE)?,
            identity_name: query.optional_text(&IDENTITY)?,
            version: query.choice(&VERSION, &versions(), Some(None))?,
        })
    }
}

pub(super) fn versions() -> [(&'static str, Option<&'static str>); 2] {
    ManagementCluster::CAPA_VERSIONS.map(|version| (version, Some(version)))
}

/// How it is described.
pub(crate) fn about() -> Operation {
    let summary =
        "What a management cluster would have of a provider, as manifests without the secret";
    Operation::new("exportProvider", Tag::Providers, summary)
        .about("The identity, and in a comment the Secret with places for what is secret.")
        .takes(Action::ReadProvider)
        .asks::<ExportWish>()
        .answers_text(
            &[YAML],
            "YAML for a repository that something else applies from.",
        )
        .refuses(&[Code::Conflict])
}

pub(crate) async fn export_provider(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Names((workspace, name)): Names<(String, String)>,
    Ask(wish): Ask<ExportWish>,
) -> Result<Response, Problem> {
    let product = &app.commissary;
    let manifests = product.export_provider(&actor, &workspace, &name, &wish);
    Ok(([(header::CONTENT_TYPE, YAML)], manifests.await?).into_response())
}
