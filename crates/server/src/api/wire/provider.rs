//! An infrastructure provider in JSON, as it is read: without its secret.

use commissary_core::domain::{Authentication, CheckSummary, Provider, ProviderStatus};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use super::tag;

/// A provider as it is written.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Provider")]
#[serde(rename_all = "camelCase")]
pub(crate) struct ProviderJson {
    name: String,
    r#type: &'static str,
    authentication: AuthenticationJson,
    region: String,
    release: String,
    features: Vec<String>,
    account_id: Option<String>,
    principal_arn: Option<String>,
    user_id: Option<String>,
    partition: String,
    access_key_id: String,
    status: ProviderStatus,
    refusal: Option<String>,
    last_check: Option<CheckSummary>,
    key_since: Timestamp,
    created_at: Timestamp,
    updated_at: Timestamp,
    pub(super) etag: String,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Authentication")]
#[serde(rename_all = "camelCase")]
struct AuthenticationJson {
    method: &'static str,
    access_key_id: String,
    temporary: bool,
}

impl ProviderJson {
    pub(crate) fn of(provider: &Provider) -> Self {
        let Authentication::Static {
            access_key_id,
            temporary,
        } = &provider.authentication;
        let identity = provider.identity.as_ref();
        let partition =
            identity.map_or_else(|| provider.region.partition(), |who| who.partition.clone());
        Self {
            name: provider.name.to_string(),
            r#type: "aws",
            authentication: AuthenticationJson {
                method: "static",
                access_key_id: access_key_id.to_string(),
                temporary: *temporary,
            },
            region: provider.region.to_string(),
            release: provider.release.clone(),
            features: provider.features.clone(),
            account_id: identity.map(|who| who.account_id.clone()),
            principal_arn: identity.map(|who| who.principal_arn.clone()),
            user_id: identity.map(|who| who.user_id.clone()),
            partition: partition.to_string(),
            access_key_id: access_key_id.to_string(),
            status: provider.status(),
            refusal: provider.refusal.clone(),
            last_check: provider.last_check,
            key_since: provider.key_since,
            created_at: provider.created_at,
            updated_at: provider.updated_at,
            etag: etag(provider),
        }
    }
}

/// The entity tag of a provider's present state: it changes with every change, checks included.
pub(crate) fn etag(provider: &Provider) -> String {
    tag(provider.id.0, provider.revision, provider.updated_at)
}
