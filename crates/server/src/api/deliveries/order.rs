//! `POST …/infrastructure-providers/{name}/deliveries`: `{"managementCluster": "capi-eu"}`.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use commissary_core::domain::{ClusterName, IdentityName};
use commissary_core::{Action, DeliveryOrder};
use serde_json::json;

use crate::api::Names;
use crate::api::body::{Body, Input};
use crate::api::fields::Fields;
use crate::api::wire::DeliveryJson;
use crate::describe::{Field, Operation, Tag};
use crate::options::App;
use crate::problem::{Code, Problem};
use crate::session::SignedIn;

static CLUSTER: Field = Field::new("managementCluster", "The management cluster's name.")
    .pattern(ClusterName::PATTERN, ClusterName::MOST);
static IDENTITY: Field = Field::new(
    "identityName",
    "Another name of the identity and its Secret there; only until it was delivered.",
)
.pattern(IdentityName::PATTERN, IdentityName::MOST);
static ADOPT: Field = Field::new(
    "adopt",
    "Whether an identity and a Secret of that name that somebody else made are taken over.",
);

impl Input for DeliveryOrder {
    const NAME: &'static str = "DeliveryOrder";

    fn read(fields: &mut Fields) -> Option<Self> {
        let cluster = fields.text(&CLUSTER);
        let identity_name = fields.optional_text(&IDENTITY);
        let adopt = fields.flag(&ADOPT);
        Some(Self {
            cluster,
            identity_name,
            adopt,
        })
    }
}

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new(
        "orderDelivery",
        Tag::Providers,
        "Deliver a provider at once, under another name, or over what is there",
    )
    .about("Providers are delivered by themselves. This is for one that failed: it is tried again without waiting.")
    .takes(Action::DeliverProvider)
    .body::<DeliveryOrder>(json!({"managementCluster": "capi-eu"}))
    .answers::<DeliveryJson>(StatusCode::ACCEPTED, "How it stands; it is under way.")
    .refuses(&[Code::Conflict])
}

pub(crate) async fn order_delivery(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Names((workspace, name)): Names<(String, String)>,
    Body(order): Body<DeliveryOrder>,
) -> Result<(StatusCode, Json<DeliveryJson>), Problem> {
    let product = &app.commissary;
    let ordered = product.order_delivery(&actor, &workspace, &name, order);
    let status = ordered.await?;
    Ok((StatusCode::ACCEPTED, Json(DeliveryJson::of(&status))))
}
