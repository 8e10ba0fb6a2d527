//! A run of the verification ladder: what goes in and what is told on the way.

use commissary_permissions::Requirement;

use super::{Finding, Identity, Region, RungOutcome};

/// What is to be checked.
#[derive(Debug, Clone)]
pub struct CheckRequest {
    /// Who the credential is.
    pub identity: Identity,
    /// The region that clusters would be built in.
    pub region: Region,
    /// What the chosen release and features need.
    pub requirements: Vec<Requirement>,
}

/// What the ladder found.
#[derive(Debug, Clone)]
pub struct CheckResult {
    /// What each rung gave, in the order tried.
    pub rungs: Vec<RungOutcome>,
    /// One finding per requirement of the request, in its order.
    pub findings: Vec<Finding>,
}

/// Something that happened during a check, for people who wait.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(
    tag = "event",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum CheckEvent {
    /// AWS is being asked who the credential is.
    Identifying,
    /// AWS told who the credential is.
    Identified {
        /// The principal's ARN.
        principal_arn: String,
    },
    /// AWS is simulating the requirements.
    Simulating {
        /// Requests answered.
        done: usize,
        /// Requests to be answered.
        total: usize,
    },
    /// The principal's policies are being read.
    ReadingPolicies,
    /// The policies were read and the requirements are decided here.
    Deciding,
}
