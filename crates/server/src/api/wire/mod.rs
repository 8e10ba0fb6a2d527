//! How the words of the product are written in JSON.

mod audit_event;
mod check;
mod cluster;
mod delivery;
mod plan;
mod provider;
mod report;
mod saved;
mod token;
mod user;
mod workspace;

pub(crate) use audit_event::AuditEventJson;
pub(crate) use check::CheckJson;
pub(crate) use cluster::{ClusterJson, ClusterSavedJson, NamespacesJson, cluster_etag};
pub(crate) use delivery::DeliveryJson;
pub(crate) use plan::PlanJson;
pub(crate) use provider::{ProviderJson, etag};
pub(crate) use report::ReportJson;
pub(crate) use saved::SavedJson;
pub(crate) use token::{SessionJson, TokenJson};
pub(crate) use user::{InvitationJson, MemberJson, RolesJson, UserJson, roles};
pub(crate) use workspace::WorkspaceJson;

use jiff::Timestamp;
use uuid::Uuid;

/// The entity tag of the state that something has at a revision and a moment (RFC 9110, section
/// 8.8.3); never one of another thing that once had the same name.
fn tag(id: Uuid, revision: u32, at: Timestamp) -> String {
    format!("\"{}.{revision}.{:x}\"", id.simple(), at.as_nanosecond())
}
