//! How a provider stands, in words and in the class that colours them.

use commissary_core::domain::{CheckSummary, Provider, ProviderStatus};

/// A status as it is shown.
pub(crate) struct StatusWords {
    pub(crate) class: &'static str,
    pub(crate) words: String,
}

impl StatusWords {
    pub(crate) fn of(provider: &Provider) -> Self {
        let (class, words) = match (provider.status(), provider.last_check) {
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
}

/// How many requirements a check was about.
pub(crate) fn total(check: &CheckSummary) -> usize {
    check.allowed + check.denied + check.conditional + check.unverifiable
}
