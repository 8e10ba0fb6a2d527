//! What the objects of a delivery are called in a management cluster.

use super::{ProviderId, ProviderName, WorkspaceName};
use crate::error::FieldError;

/// The name of an identity of Cluster API Provider AWS, and of its Secret: a DNS subdomain
/// (Kubernetes documentation, "Object Names and IDs": RFC 1123 subdomain names).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(transparent)]
pub struct IdentityName(String);

impl IdentityName {
    /// The kind of the identities that are delivered.
    pub const KIND: &str = "AWSClusterStaticIdentity";
    /// What a name looks like (ECMA-262).
    pub const PATTERN: &str = r"^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$";
    /// The most characters of a name.
    pub const MOST: usize = 253;

    /// Takes a name as typed; surrounding white space does not count.
    ///
    /// # Errors
    /// A fault of the field `identityName` that says what a name may be.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        let name = text.trim();
        let is_label = |label: &str| {
            let letters = label
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
            letters && !label.is_empty() && !label.starts_with('-') && !label.ends_with('-')
        };
        if name.len() <= Self::MOST && name.split('.').all(is_label) {
            return Ok(Self(name.to_owned()));
        }
        let shown: String = name.chars().take(40).collect();
        Err(FieldError::new(
            "identityName",
            format!(
                "`{}` is not a name of an identity: use 1 to {} lower-case letters, digits, `-` and `.`, with a letter or digit at both ends of each part",
                shown.escape_debug(),
                Self::MOST
            ),
        ))
    }

    /// The name that a provider gets where nobody chose one.
    pub fn of(workspace: &WorkspaceName, provider: &ProviderName) -> Self {
        let whole = format!("{workspace}-{provider}").to_lowercase();
        let whole: String = whole
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
            .collect();
        // A workspace's name begins as it must.
        Self(whole.trim_end_matches('-').to_owned())
    }

    /// The same with what only this provider has, where another provider has that name.
    #[must_use]
    pub fn with_suffix_of(&self, provider: ProviderId) -> Self {
        // The end of an id is random, its beginning the time.
        let id = provider.0.simple().to_string();
        Self(format!("{}-{}", self.0, id.get(24..).unwrap_or(&id)))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for IdentityName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn every_provider_has_a_name_that_kubernetes_takes() {
        let workspace = WorkspaceName::parse("team-a").unwrap();
        let longest = WorkspaceName::parse(&"w".repeat(63)).unwrap();
        for (name, expected) in [
            ("Prod", "team-a-prod"),
            ("me+you=we,all.x@y_z", "team-a-me-you-we-all-x-y-z"),
            ("prod--", "team-a-prod"),
        ] {
            let provider = ProviderName::parse(name).unwrap();
            let made = IdentityName::of(&workspace, &provider);
            assert_eq!(made.as_str(), expected);
            assert_eq!(IdentityName::parse(expected).unwrap(), made);
        }
        let provider = ProviderName::parse(&"P".repeat(64)).unwrap();
        let id = ProviderId(Uuid::from_u128(0xfedc_ba98));
        let made = IdentityName::of(&longest, &provider).with_suffix_of(id);
        assert!(made.as_str().ends_with("p-fedcba98"), "{made}");
        IdentityName::parse(made.as_str()).unwrap();
    }

    #[test]
    fn what_is_no_name_is_refused() {
        for name in ["", "A", "a..b", ".a", "a.-b", "a_b", &"a".repeat(254)] {
            assert_eq!(
                IdentityName::parse(name).unwrap_err().field,
                "identityName",
                "{name}"
            );
        }
        assert_eq!(IdentityName::parse(" a.b ").unwrap().as_str(), "a.b");
    }
}
