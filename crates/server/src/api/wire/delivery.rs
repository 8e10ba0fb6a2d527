//! A delivery in JSON.

use commissary_core::DeliveryStatus;
use commissary_core::domain::{DeliveryState, IdentityName, IdentityUser};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

/// A provider in one management cluster as it is written.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Delivery")]
#[serde(rename_all = "camelCase")]
pub(crate) struct DeliveryJson {
    management_cluster: String,
    namespaces: Vec<String>,
    identity_ref: IdentityRefJson,
    state: DeliveryState,
    wanted_generation: u32,
    delivered_generation: Option<u32>,
    delivered_at: Option<Timestamp>,
    drift: Option<DriftJson>,
    failure: Option<FailureJson>,
    used_by: Vec<UsedByJson>,
    findings: Vec<String>,
}

/// What a cluster names to use it.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "IdentityRef")]
struct IdentityRefJson {
    kind: &'static str,
    name: String,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Drift")]
#[serde(rename_all = "camelCase")]
struct DriftJson {
    at: Timestamp,
    what: Vec<String>,
    put_back_at: Option<Timestamp>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "DeliveryFailure")]
#[serde(rename_all = "camelCase")]
struct FailureJson {
    message: String,
    next_try: Option<Timestamp>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "UsedBy")]
#[serde(rename_all = "camelCase")]
struct UsedByJson {
    #[serde(flatten)]
    user: IdentityUser,
    /// Whether its namespace is one of those that may.
    allowed: bool,
}

impl DeliveryJson {
    pub(crate) fn of(status: &DeliveryStatus) -> Self {
        let delivery = &status.delivery;
        let delivered = delivery.delivered.as_ref();
        let users = status.users.iter();
        Self {
            management_cluster: status.cluster.to_string(),
            namespaces: status.namespaces.iter().map(ToString::to_string).collect(),
            identity_ref: IdentityRefJson {
                kind: IdentityName::KIND,
                name: delivery.identity.to_string(),
            },
            state: status.state(),
            wanted_generation: delivery.wanted,
            delivered_generation: delivered.map(|delivered| delivered.generation),
            delivered_at: delivered.map(|delivered| delivered.at),
            drift: delivery.drift.as_ref().map(|drift| DriftJson {
                at: drift.at,
                what: drift.what.clone(),
                put_back_at: drift.put_back_at,
            }),
            failure: status.failure().map(|(why, next_try)| FailureJson {
                message: why.to_owned(),
                next_try,
            }),
            used_by: users
                .map(|user| UsedByJson {
                    user: user.clone(),
                    allowed: status.is_allowed(user),
                })
                .collect(),
            findings: status.findings(),
        }
    }
}
