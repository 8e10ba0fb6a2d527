//! A run of the verification ladder: what goes in and what is told on the way.

use std::collections::BTreeSet;

use commissary_permissions::Requirement;
use serde::{Deserialize, Serialize};

use super::{Finding, Identity, Region, Rung, RungOutcome};

/// What is to be checked.
#[derive(Debug, Clone)]
pub struct CheckRequest {
    /// Who the credential is.
    pub identity: Identity,
    /// The region that clusters would be built in.
    pub region: Region,
    /// What the chosen release and features need.
    pub requirements: Vec<Requirement>,
    /// How the check is to be made.
    pub options: CheckOptions,
}

/// How a check is to be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct CheckOptions {
    /// The rungs of the ladder that may be climbed. Who the credential is stands before them all
    /// and is always asked.
    pub rungs: BTreeSet<Rung>,
    /// Whether probes may name resources of the account that are really there. They stay dry runs.
    pub probe_existing: bool,
    /// Whether dry runs may be sent to an endpoint that is not AWS's own. Some of those ignore
    /// that a call is a dry run, and do what it says.
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

impl CheckOptions {
    /// Whether a rung may be climbed.
    pub fn climbs(&self, rung: Rung) -> bool {
        rung == Rung::Identity || self.rungs.contains(&rung)
    }
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
    /// The credential is being tried on calls that change nothing.
    Probing {
        /// Calls answered.
        done: usize,
        /// Calls to be answered.
        total: usize,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_travel_as_json_and_what_is_left_out_has_a_default() {
        let options: CheckOptions = serde_json::from_str(r#"{"rungs": ["probes"]}"#).unwrap();
        assert!(options.climbs(Rung::Probes) && !options.climbs(Rung::Simulation));
        assert!(options.climbs(Rung::Identity));
        assert!(!options.probe_existing && !options.dry_run_elsewhere);
        let text = serde_json::to_string(&options).unwrap();
        assert_eq!(
            serde_json::from_str::<CheckOptions>(&text).unwrap(),
            options
        );
        let all = CheckOptions::default();
        assert!(Rung::ALL.into_iter().all(|rung| all.climbs(rung)));
        assert!(serde_json::from_str::<CheckOptions>(r#"{"dryRun": true}"#).is_err());
    }

    #[test]
    fn a_rungs_word_is_its_name_in_json() {
        for rung in Rung::ALL {
            let json = serde_json::to_value(rung).unwrap();
            assert_eq!(json, rung.word());
            assert_eq!(Rung::from_word(rung.word()), Some(rung));
        }
        assert_eq!(Rung::from_word("Probes"), None);
    }
}
