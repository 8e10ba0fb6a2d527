//! How a provider, a delivery of one or a management cluster stands, in words and in the class that
//! colours them.

use commissary_core::domain::{
    CheckSummary, ClusterStatus, DeliveryState, ManagementCluster, Provider, ProviderStatus,
};

/// A status as it is shown.
pub(crate) struct StatusWords {
    pub(crate) class: &'static str,
    pub(crate) words: String,
}

impl StatusWords {
    pub(crate) fn of(provider: &Provider) -> Self {
        Self::by(provider.status(), provider.last_check)
    }

    /// How keys stand by a check.
    pub(crate) fn by(status: ProviderStatus, check: Option<CheckSummary>) -> Self {
        let (class, words) = match (status, check) {
            (ProviderStatus::Ready, _) => ("good", "ready".to_owned()),
            (ProviderStatus::PartlyVerified, Some(check)) => (
                "open",
                format!("{} of {} verified", check.allowed, total(&check)),
            ),
            (ProviderStatus::Missing, Some(check)) => ("bad", format!("{} missing", check.denied)),
            (ProviderStatus::Invalid, _) => ("bad", "invalid keys".to_owned()),
            _ => ("unknown", "not verified".to_owned()),
        };
        Self { class, words }
    }

    pub(crate) fn of_delivery(state: DeliveryState) -> Self {
        let (class, words) = match state {
            DeliveryState::Delivered => ("good", "delivered"),
            DeliveryState::Pending => ("unknown", "pending"),
            DeliveryState::Removing => ("unknown", "being taken out"),
            DeliveryState::Drifted => ("open", "drifted"),
            DeliveryState::Failed => ("bad", "failed"),
            DeliveryState::Conflict => ("bad", "conflict"),
        };
        Self {
            class,
            words: words.to_owned(),
        }
    }

    pub(crate) fn of_cluster(cluster: &ManagementCluster) -> Self {
        let look = cluster.last_look.as_ref();
        let found = look.map_or(0, |look| look.findings.len());
        let (class, words) = match cluster.status() {
            ClusterStatus::Ready => ("good", "ready".to_owned()),
            ClusterStatus::NotReady if found == 1 => ("bad", "1 finding".to_owned()),
            ClusterStatus::NotReady => ("bad", format!("{found} findings")),
            ClusterStatus::NotChecked => ("unknown", "not checked".to_owned()),
        };
        Self { class, words }
    }
}

/// How many requirements a check was about.
pub(crate) fn total(check: &CheckSummary) -> usize {
    check.allowed + check.denied + check.conditional + check.unverifiable
}
