//! How the words of the product are written in JSON.

mod audit_event;
mod check;
mod plan;
mod provider;
mod report;
mod saved;
mod token;
mod user;
mod workspace;

pub(crate) use audit_event::AuditEventJson;
pub(crate) use check::CheckJson;
pub(crate) use plan::PlanJson;
pub(crate) use provider::{ProviderJson, etag};
pub(crate) use report::ReportJson;
pub(crate) use saved::SavedJson;
pub(crate) use token::{SessionJson, TokenJson};
pub(crate) use user::{InvitationJson, MemberJson, RolesJson, UserJson, roles};
pub(crate) use workspace::WorkspaceJson;
