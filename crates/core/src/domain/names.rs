//! Names that people give.

use crate::error::FieldError;

/// What names that people choose freely look like (ECMA-262): one line, with something to see at
/// both ends, and nothing that turns the direction of what stands around it.
pub(crate) const ONE_LINE: &str = r"^[^\s\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]([^\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]*[^\s\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069])?$";

macro_rules! name_type {
    ($(#[$doc:meta])* $name:ident, $check:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Takes a name as typed; surrounding white space does not count.
            ///
            /// # Errors
            /// A fault of the field `name` that says what a name may be.
            pub fn parse(text: &str) -> Result<Self, FieldError> {
                let name = text.trim();
                match $check(name) {
                    None => Ok(Self(name.to_owned())),
                    Some(message) => Err(FieldError::new("name", message)),
                }
            }

            /// The name as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

name_type!(
    /// A workspace's name: a DNS label as Kubernetes names its namespaces
    /// (Kubernetes documentation, "Object Names and IDs": RFC 1123 label names).
    WorkspaceName,
    workspace_fault
);

name_type!(
    /// An infrastructure provider's name: what IAM takes as a user name, so that
    /// the two can match (IAM User Guide, "IAM and AWS STS quotas": names of users
    /// are up to 64 letters, digits and `+ = , . @ _ -`). Unique in its workspace,
    /// upper and lower case being the same.
    ProviderName,
    provider_fault
);

name_type!(
    /// A management cluster's name: a DNS label, as a workspace's is. Unique in the installation.
    ClusterName,
    cluster_fault
);

name_type!(
    /// A Kubernetes namespace's name (Kubernetes documentation, "Object Names and
    /// IDs": RFC 1123 label names).
    NamespaceName,
    namespace_fault
);

/// What DNS labels look like (ECMA-262).
const LABEL: &str = "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$";
/// The most characters of a DNS label.
const LABEL_MOST: usize = 63;

impl WorkspaceName {
    /// What a name looks like (ECMA-262).
    pub const PATTERN: &str = LABEL;
    /// The most characters of a name.
    pub const MOST: usize = LABEL_MOST;
}

impl ClusterName {
    /// What a name looks like (ECMA-262).
    pub const PATTERN: &str = LABEL;
    /// The most characters of a name.
    pub const MOST: usize = LABEL_MOST;
}

impl NamespaceName {
    /// What a name looks like (ECMA-262).
    pub const PATTERN: &str = LABEL;
    /// The most characters of a name.
    pub const MOST: usize = LABEL_MOST;
}

impl ProviderName {
    /// What a name looks like (ECMA-262).
    pub const PATTERN: &str = "^[A-Za-z0-9][A-Za-z0-9+=,.@_-]*$";
    /// The most characters of a name.
    pub const MOST: usize = 64;

    /// Whether it names the same provider: upper and lower case are the same.
    pub fn is_same(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }
}

fn workspace_fault(name: &str) -> Option<String> {
    label_fault(name, "give the workspace a name", "workspace name")
}

fn cluster_fault(name: &str) -> Option<String> {
    label_fault(
        name,
        "give the management cluster a name",
        "management cluster's name",
    )
}

fn namespace_fault(name: &str) -> Option<String> {
    label_fault(name, "name a namespace", "namespace's name")
}

/// What is wrong with a name that has to be a DNS label: `missing` for none, else that it is no
/// `what`.
fn label_fault(name: &str, missing: &str, what: &str) -> Option<String> {
    if name.is_empty() {
        return Some(missing.to_owned());
    }
    let letters = name
        .chars()
        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if letters && name.len() <= LABEL_MOST && !name.starts_with('-') && !name.ends_with('-') {
        return None;
    }
    Some(format!(
        "`{}` is not a {what}: use 1 to {LABEL_MOST} lower-case letters, digits and `-`, with a letter or digit at both ends",
        shortened(name)
    ))
}

fn provider_fault(name: &str) -> Option<String> {
    if name.is_empty() {
        return Some("give the infrastructure provider a name".to_owned());
    }
    let letters = name
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "+=,.@_-".contains(c));
    let starts_well = name.starts_with(|c: char| c.is_ascii_alphanumeric());
    if letters && starts_well && name.len() <= ProviderName::MOST {
        return None;
    }
    Some(format!(
        "`{}` is not a provider name: use 1 to 64 letters, digits and `+ = , . @ _ -`, beginning with a letter or digit",
        shortened(name)
    ))
}

/// The input as an error repeats it: enough to recognise, never a flood.
fn shortened(name: &str) -> String {
    const SHOWN: usize = 40;
    if name.chars().count() <= SHOWN {
        return name.escape_debug().to_string();
    }
    let head: String = name.chars().take(SHOWN).collect();
    format!("{}…", head.escape_debug())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_iam_users_are_provider_names() {
        for name in ["Kommander", "a", "team+prod@example.com", &"x".repeat(64)] {
            assert_eq!(ProviderName::parse(name).unwrap().as_str(), name);
        }
        assert_eq!(ProviderName::parse("  prod \n").unwrap().as_str(), "prod");
    }

    #[test]
    fn what_is_no_name_is_refused_with_what_would_be() {
        for name in ["", "  ", "a/b", "-a", "..", "é", "a b", &"x".repeat(300)] {
            let fault = ProviderName::parse(name).unwrap_err();
            assert_eq!(fault.field, "name");
            assert!(fault.message.len() < 250, "{}", fault.message);
        }
        for name in ["", "Prod", "-a", "a-", "a.b", &"x".repeat(64)] {
            assert!(WorkspaceName::parse(name).is_err(), "{name}");
            assert!(ClusterName::parse(name).is_err(), "{name}");
            assert!(NamespaceName::parse(name).is_err(), "{name}");
        }
    }
}
