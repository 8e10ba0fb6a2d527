//! What endpoints are grouped by.

/// A group of endpoints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tag {
    Workspaces,
    Providers,
    Clusters,
    Checks,
    Bootstrap,
    Releases,
    People,
    Account,
    Audit,
    Server,
}

impl Tag {
    /// All of them, in the document's order.
    pub(super) const ALL: [Self; 10] = [
        Self::Workspaces,
        Self::Providers,
        Self::Clusters,
        Self::Checks,
        Self::Bootstrap,
        Self::Releases,
        Self::People,
        Self::Account,
        Self::Audit,
        Self::Server,
    ];

    /// Its name, and a sentence about it.
    pub(super) fn row(self) -> (&'static str, &'static str) {
        match self {
            Self::Workspaces => ("Workspaces", "Tenants: their people and their providers."),
            Self::Providers => (
                "Infrastructure providers",
                "Named cloud accounts with a credential, whose secret is never told.",
            ),
            Self::Clusters => (
                "Management clusters",
                "Kubernetes clusters that run Cluster API, whose kubeconfig is never told.",
            ),
            Self::Checks => ("Checks", "What a credential may do, and how that is known."),
            Self::Bootstrap => (
                "Making a user",
                "An IAM user is made in an account, and taken back, with keys that are lent and not kept.",
            ),
            Self::Releases => (
                "Releases",
                "What consumes a credential, and the permissions that it needs.",
            ),
            Self::People => ("People", "Users, invitations, and roles in workspaces."),
            Self::Account => ("One's own account", "Tokens, sessions, password."),
            Self::Audit => ("Audit log", "Who did what."),
            Self::Server => ("Server", "The server itself."),
        }
    }
}
