//! What a provider is: the account, the credential, what clusters need.

use commissary_core::domain::{Authentication, Provider};
use commissary_permissions::{Feature, release};

use crate::console::moment::Moment;

/// The facts as the page lists them.
pub(super) struct Facts {
    pub(super) account: Option<String>,
    pub(super) principal: Option<String>,
    pub(super) user_id: Option<String>,
    pub(super) partition: String,
    pub(super) access_key_id: String,
    pub(super) temporary: bool,
    pub(super) region: String,
    pub(super) release: String,
    pub(super) features: Vec<String>,
    pub(super) key_since: Moment,
    pub(super) created: Moment,
    pub(super) updated: Moment,
}

impl Facts {
    pub(super) fn of(provider: &Provider) -> Self {
        let Authentication::Static {
            access_key_id,
            temporary,
        } = &provider.authentication;
        let identity = provider.identity.as_ref();
        let known = release(&provider.release).ok();
        let title = |id: &String| {
            let features = known.into_iter().flat_map(|release| release.features());
            let found = features.into_iter().find(|feature| feature.id() == id);
            found.map_or(id.as_str(), Feature::title).to_owned()
        };
        Self {
            account: identity.map(|who| who.account_id.clone()),
            principal: identity.map(|who| who.principal_arn.clone()),
            user_id: identity.map(|who| who.user_id.clone()),
            partition: identity
                .map_or_else(|| provider.region.partition(), |who| who.partition.clone())
                .to_string(),
            access_key_id: access_key_id.to_string(),
            temporary: *temporary,
            region: provider.region.to_string(),
            release: known
                .map_or(provider.release.as_str(), |release| release.title())
                .to_owned(),
            features: provider.features.iter().map(title).collect(),
            key_since: Moment::of(provider.key_since),
            created: Moment::of(provider.created_at),
            updated: Moment::of(provider.updated_at),
        }
    }
}
