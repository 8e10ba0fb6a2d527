//! `PUT /api/v1/workspaces/{workspace}/namespaces/{cluster}`: `{"namespaces": ["team-a"]}`.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use commissary_core::Action;
use commissary_core::domain::NamespaceName;
use serde_json::json;

use crate::api::Names;
use crate::api::body::{Body, Input};
use crate::api::fields::Fields;
use crate::api::wire::NamespacesJson;
use crate::describe::{Field, Operation, Tag};
use crate::options::App;
use crate::problem::{Code, Problem};
use crate::session::SignedIn;

static NAMESPACES: Field = Field::new(
    "namespaces",
    "All namespaces that the workspace has there; none where the list is empty.",
)
.pattern(NamespaceName::PATTERN, NamespaceName::MOST);

static FORCE: Field = Field::new(
    "force",
    "Whether namespaces go although clusters in them use the workspace's providers.",
);

/// Namespaces as they are given.
pub(crate) struct GivenNamespaces {
    names: Vec<String>,
    force: bool,
}

impl Input for GivenNamespaces {
    const NAME: &'static str = "GivenNamespaces";

    fn read(fields: &mut Fields) -> Option<Self> {
        let names = fields.texts(&NAMESPACES);
        let force = fields.flag(&FORCE);
        Some(Self { names, force })
    }
}

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new(
        "setNamespaces",
        Tag::Workspaces,
        "Say which namespaces of a management cluster are a workspace's",
    )
    .about("They take the place of those that it has there. A namespace belongs to one workspace. To take away one in which clusters use the workspace's providers is refused, with a list of them, unless it is forced.")
    .takes(Action::SetNamespaces)
    .body::<GivenNamespaces>(json!({"namespaces": ["team-a"]}))
    .answers::<NamespacesJson>(StatusCode::OK, "The namespaces that it has there now.")
    .refuses(&[Code::Conflict, Code::InUse])
}

pub(crate) async fn set_namespaces(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Names((workspace, cluster)): Names<(String, String)>,
    Body(given): Body<GivenNamespaces>,
) -> Result<Json<NamespacesJson>, Problem> {
    let product = &app.commissary;
    let set = product
        .set_namespaces(&actor, &workspace, &cluster, &given.names, given.force)
        .await?;
    Ok(Json(NamespacesJson::of(&set)))
}
