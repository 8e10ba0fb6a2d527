//! A workspace: a tenant with its infrastructure providers.

use jiff::Timestamp;
use uuid::Uuid;

use super::WorkspaceName;

/// The identity of a workspace, never reused.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(transparent)]
pub struct WorkspaceId(pub Uuid);

/// A tenant: its people, its infrastructure providers, the Kubernetes
/// namespaces that its clusters live in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workspace {
    /// The identity behind the name.
    pub id: WorkspaceId,
    /// The name, unique in the installation.
    pub name: WorkspaceName,
    /// When it was made.
    pub created_at: Timestamp,
}
