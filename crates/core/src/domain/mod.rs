//! The words of the product as types.

mod access_key;
mod audit;
mod bootstrap;
mod check;
mod check_run;
mod delivery;
mod export;
mod given;
mod identity;
mod identity_name;
mod identity_user;
mod kept_page;
mod management_cluster;
mod names;
mod page;
mod policy_review;
mod provider;
mod provider_query;
mod region;
mod repeatable;
mod report;
mod root_key;
mod sealing_certificate;
mod vitals;
mod workspace;

pub use access_key::{AccessKey, AccessKeyId, SecretInput};
pub use audit::{
    AuditEntry, AuditEvent, AuditFilter, AuditFilterInput, AuditHead, AuditOrder, AuditOutcome,
    AuditVerification, ChainFault, EntryHash, NotAHead, TextFilter,
};
pub(crate) use bootstrap::blueprint_fault;
pub use bootstrap::{
    BootstrapEvent, BootstrapOutcome, BootstrapRequest, BootstrapState, BootstrapStep, Interrupted,
    KeyStatus, KeyWish, KnownKey, LastUsed, PlanLine, Planned, UndoRequest, UserEvent, UserHold,
    UserWish, Words,
};
pub use check::{CheckEvent, CheckOptions, CheckRequest, CheckResult, KindProgress};
pub use check_run::{Check, CheckFailure, CheckId, CheckState};
pub use delivery::{
    ClusterDelivery, ClusterTrouble, Delivered, Delivery, DeliveryFailure, DeliveryState, Drift,
    Standing, StandingObject, Versions, Wanted,
};
pub use export::{Export, Owner};
pub(crate) use given::given;
pub use identity::Identity;
pub use identity_name::IdentityName;
pub use identity_user::{
    ClusterEvent, DeliveredKind, IdentityUser, SeenObject, SeenUser, UserCondition, UserPhase,
};
pub use kept_page::{KeptPage, PageKept, PageToKeep};
pub use management_cluster::{
    ClusterAccess, ClusterFault, ClusterFinding, ClusterId, ClusterLook, ClusterNamespaces,
    ClusterStatus, Connection, Kubeconfig, ManagementCluster, OwnedNamespace, ServedKind,
};
pub(crate) use names::ONE_LINE;
pub use names::{ClusterName, NamespaceName, ProviderName, WorkspaceName};
pub use page::{Page, PageRequest};
pub use policy_review::{AccessGap, FaultLevel, PolicyFault, PolicyReview, ReviewError};
pub use provider::{Authentication, CheckSummary, Provider, ProviderId, ProviderStatus};
pub use provider_query::{
    ProviderOrder, ProviderPlace, ProviderQuery, ProviderQueryInput, ProviderSort,
};
pub use region::{Partition, Region};
pub use repeatable::{KeptAnswer, RepeatableRequest, Repeated};
pub use report::{
    AccountNeed, DeniedBy, DenyingLayer, DenyingStatement, Elsewhere, Evidence, Excess, Finding,
    KindSummary, PermissionReport, Presence, Remedy, ReportChanges, Risk, Rung, RungOutcome,
    ServiceExcess, Severity, Verdict,
};
pub use root_key::{OlderRootKey, RootKeyState};
pub use sealing_certificate::SealingCertificate;
pub use vitals::Vitals;
pub use workspace::{Workspace, WorkspaceId};
