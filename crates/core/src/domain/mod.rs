//! The words of the product as types.

mod access_key;
mod audit;
mod check;
mod identity;
mod names;
mod page;
mod provider;
mod region;
mod report;
mod workspace;

pub use access_key::{AccessKey, AccessKeyId, SecretInput};
pub use audit::{AuditEvent, AuditOutcome};
pub use check::{CheckEvent, CheckOptions, CheckRequest, CheckResult};
pub use identity::Identity;
pub use names::{ProviderName, WorkspaceName};
pub use page::{Page, PageRequest};
pub use provider::{Authentication, CheckSummary, Provider, ProviderId, ProviderStatus};
pub use region::{Partition, Region};
pub use report::{
    DeniedBy, Evidence, Finding, KindSummary, PermissionReport, Rung, RungOutcome, Verdict,
};
pub use workspace::{Workspace, WorkspaceId};
