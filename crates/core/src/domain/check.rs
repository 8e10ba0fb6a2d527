//! A run of the verification ladder: what goes in and what is told on the way.

use std::collections::BTreeSet;

use commissary_permissions::{Requirement, ResourceKind};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{AccountNeed, Excess, Finding, Identity, Region, Rung, RungOutcome};

/// How far a check may go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct CheckOptions {
    /// The rungs that may be tried. Who the credential is must be asked in any case.
    pub rungs: BTreeSet<Rung>,
    /// Whether dry runs may name resources that the account has, which decides more. They change
    /// nothing on AWS.
    pub probe_existing: bool,
    /// Whether dry runs are made on an endpoint that is not AWS's own. Some emulators do what they
    /// were only to pretend.
    pub dry_run_elsewhere: bool,
}

impl Default for CheckOptions {
    fn default() -> Self {
        Self {
            rungs: Rung::ALL.into(),
            probe_existing: false,
            dry_run_elsewhere: false,
        }
    }
}

/// What is to be checked.
#[derive(Debug, Clone)]
pub struct CheckRequest {
    /// Who the credential is.
    pub identity: Identity,
    /// The region that clusters would be built in.
    pub region: Region,
    /// What the chosen release and features need.
    pub requirements: Vec<Requirement>,
    /// How far the check may go.
    pub options: CheckOptions,
}

/// What the ladder found.
#[derive(Debug, Clone, Default)]
pub struct CheckResult {
    /// What each rung gave, in the order tried.
    pub rungs: Vec<RungOutcome>,
    /// One finding per requirement of the request, in its order.
    pub findings: Vec<Finding>,
    /// What is allowed beyond the requirements; none where nobody asked.
    pub excess: Option<Excess>,
    /// What else the account must have; empty where nobody asked.
    pub account: Vec<AccountNeed>,
}

/// Something that happened during a check, for people who wait.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, JsonSchema)]
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
    /// AWS is being asked with the credential itself.
    Probing {
        /// Probes answered.
        done: usize,
        /// Probes to be answered.
        total: usize,
    },
    /// Requirements were settled. In the beginning it tells all resource kinds, then those whose
    /// number is another one.
    Settled {
        /// How they stand.
        kinds: Vec<KindProgress>,
    },
}

/// How many requirements of a resource kind are settled by now. What a later way finds out may
/// correct a verdict: none is told before the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KindProgress {
    /// The resource kind.
    pub kind: ResourceKind,
    /// Requirements that are settled.
    pub settled: usize,
    /// Requirements that serve it.
    pub total: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_travel_as_json_and_what_is_left_out_has_a_default() {
        let options: CheckOptions = serde_json::from_str(r#"{"rungs": ["probes"]}"#).unwrap();
        assert_eq!(options.rungs, [Rung::Probes].into());
        assert!(!options.probe_existing && !options.dry_run_elsewhere);
        let text = serde_json::to_string(&options).unwrap();
        assert_eq!(
            serde_json::from_str::<CheckOptions>(&text).unwrap(),
            options
        );
        assert!(serde_json::from_str::<CheckOptions>(r#"{"dryRun": true}"#).is_err());
    }

    #[test]
    fn a_rungs_id_is_its_name_in_json() {
        for rung in Rung::ALL {
            assert_eq!(serde_json::to_value(rung).unwrap(), rung.id());
        }
    }
}
