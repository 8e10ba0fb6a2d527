//! Which rights the product needs in a management cluster: the one table that a look asks
//! about, and that the manifest is made from.

/// Where a right counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// In CAPA's namespace.
    CapaNamespace,
    /// About CAPA's namespace itself.
    NamedCapaNamespace,
    /// In the whole cluster.
    Cluster,
}

/// What may be done to a resource.
#[derive(Debug)]
pub(crate) struct Right {
    /// The group of the API; empty for the core.
    pub(crate) group: &'static str,
    /// The resource, in the plural.
    pub(crate) resource: &'static str,
    /// What is done to it.
    pub(crate) verbs: &'static [&'static str],
    /// Where.
    pub(crate) scope: Scope,
}

/// The group of CAPA's infrastructure.
pub(crate) const INFRASTRUCTURE: &str = "infrastructure.cluster.x-k8s.io";
/// The group of CAPA's control planes.
pub(crate) const CONTROL_PLANE: &str = "controlplane.cluster.x-k8s.io";

/// What keeps an object as it should be: created, applied (a patch), watched,
/// removed.
const KEEP: &[&str] = &["get", "list", "watch", "create", "patch", "delete"];

/// What finds who uses an identity.
const FOLLOW: &[&str] = &["list", "watch"];

/// All of them.
pub(crate) const RIGHTS: &[Right] = &[
    Right {
        group: "",
        resource: "namespaces",
        verbs: &["get"],
        scope: Scope::NamedCapaNamespace,
    },
    Right {
        group: "",
        resource: "secrets",
        verbs: KEEP,
        scope: Scope::CapaNamespace,
    },
    Right {
        group: INFRASTRUCTURE,
        resource: "awsclusterstaticidentities",
        verbs: KEEP,
        scope: Scope::Cluster,
    },
    Right {
        group: INFRASTRUCTURE,
        resource: "awsclusters",
        verbs: FOLLOW,
        scope: Scope::Cluster,
    },
    Right {
        group: CONTROL_PLANE,
        resource: "awsmanagedcontrolplanes",
        verbs: FOLLOW,
        scope: Scope::Cluster,
    },
];
