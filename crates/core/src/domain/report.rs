//! The permission report: what a credential may do, and how that is known.

mod account;
mod changes;
mod denial;
mod excess;
mod remedy;

use commissary_permissions::{Requirement, ResourceKind};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use self::account::{AccountNeed, Presence};
pub use self::changes::ReportChanges;
pub use self::denial::{DeniedBy, DenyingLayer, DenyingStatement};
pub use self::excess::{Excess, Risk, ServiceExcess, Severity};
pub use self::remedy::{Elsewhere, Remedy};
use super::{CheckRequest, CheckResult, CheckSummary, Identity};

/// What is known about one requirement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "verdict", rename_all = "camelCase")]
pub enum Verdict {
    /// AWS would allow it.
    Allowed,
    /// AWS would deny it.
    Denied {
        /// By which layer and statements.
        by: DeniedBy,
    },
    /// It hangs on context keys whose values are not known beforehand.
    Conditional {
        /// The context keys that decide.
        keys: Vec<String>,
    },
    /// It could not be found out. Never to be read as a denial.
    Unverifiable {
        /// Why, and what would settle it: one sentence.
        because: String,
    },
}

/// A rung of the verification ladder, from the cheapest to the dearest.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "camelCase")]
pub enum Rung {
    /// STS GetCallerIdentity.
    Identity,
    /// IAM SimulatePrincipalPolicy.
    Simulation,
    /// Reading the principal's policies and deciding here.
    Policies,
    /// Calls with the credential itself that can change nothing.
    Probes,
}

impl Rung {
    /// All of them, in the order in which they are tried.
    pub const ALL: [Self; 4] = [
        Self::Identity,
        Self::Simulation,
        Self::Policies,
        Self::Probes,
    ];

    /// The rung as options and JSON name it.
    pub fn id(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Simulation => "simulation",
            Self::Policies => "policies",
            Self::Probes => "probes",
        }
    }

    /// The rung for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Simulation => "policy simulation",
            Self::Policies => "reading the policies",
            Self::Probes => "probing",
        }
    }
}

/// What a rung gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RungOutcome {
    /// The rung.
    pub rung: Rung,
    /// Whether it gave evidence.
    pub gave_evidence: bool,
    /// What it said, or why it could not be used: one sentence.
    pub said: String,
}

/// What a verdict rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Evidence {
    /// The rung that it came from.
    pub rung: Rung,
    /// What was seen there: statements, resources asked about.
    pub detail: String,
}

/// One requirement with its verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// The requirement's id, stable within its release.
    pub requirement: String,
    /// The IAM action.
    pub action: String,
    /// The resource pattern that the release needs it on.
    pub resource: String,
    /// The resource kind that it serves first.
    pub kind: ResourceKind,
    /// Further resource kinds that need it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<ResourceKind>,
    /// What is known.
    #[serde(flatten)]
    pub verdict: Verdict,
    /// How it is known; none where nothing is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Evidence>,
}

impl Finding {
    /// A requirement with its verdict.
    pub fn new(requirement: &Requirement, verdict: Verdict, evidence: Option<Evidence>) -> Self {
        Self {
            requirement: requirement.id.clone(),
            action: requirement.action.clone(),
            resource: requirement.resource.clone(),
            kind: requirement.kind,
            also: requirement.also.clone(),
            verdict,
            evidence,
        }
    }

    /// Whether the requirement serves `kind`.
    pub fn serves(&self, kind: ResourceKind) -> bool {
        self.kind == kind || self.also.contains(&kind)
    }
}

/// The result of a check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PermissionReport {
    /// When the check ended.
    pub at: Timestamp,
    /// The release whose requirements were checked.
    pub release: String,
    /// The features that were asked for.
    pub features: Vec<String>,
    /// The region that resources were asked about in.
    pub region: String,
    /// Who the credential is.
    pub identity: Identity,
    /// Things a person should know before the verdicts: root user, trimmed input.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
    /// What each rung of the ladder gave.
    pub rungs: Vec<RungOutcome>,
    /// One finding per requirement, in the release's order.
    pub findings: Vec<Finding>,
    /// What the credential may do beyond the requirements; none in reports that were kept before it
    /// was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub excess: Option<Excess>,
    /// What else the account must have, as far as was asked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub account: Vec<AccountNeed>,
}

/// How the requirements of one resource kind stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KindSummary {
    /// The resource kind.
    pub kind: ResourceKind,
    /// Requirements that AWS would allow.
    pub allowed: usize,
    /// Requirements that AWS would deny.
    pub denied: usize,
    /// Requirements that hang on context keys.
    pub conditional: usize,
    /// Requirements that could not be decided.
    pub unverifiable: usize,
}

impl KindSummary {
    /// How many requirements the kind has.
    pub fn total(&self) -> usize {
        self.allowed + self.denied + self.conditional + self.unverifiable
    }
}

impl PermissionReport {
    /// The report of a check that ended at `at`, of a release with its features.
    pub fn new(
        at: Timestamp,
        release: String,
        features: Vec<String>,
        request: CheckRequest,
        result: CheckResult,
    ) -> Self {
        Self {
            at,
            release,
            features,
            region: request.region.to_string(),
            warnings: request.identity.warnings(),
            identity: request.identity,
            rungs: result.rungs,
            findings: result.findings,
            excess: result.excess,
            account: result.account,
        }
    }

    /// The counts over all requirements.
    pub fn summary(&self) -> CheckSummary {
        let [allowed, denied, conditional, unverifiable] = count(self.findings.iter());
        CheckSummary {
            at: self.at,
            allowed,
            denied,
            conditional,
            unverifiable,
        }
    }

    /// The counts by resource kind, in the page's order; kinds without a
    /// requirement are left out.
    pub fn by_kind(&self) -> Vec<KindSummary> {
        let summaries = ResourceKind::ALL.into_iter().map(|kind| {
            let serving = self.findings.iter().filter(|finding| finding.serves(kind));
            let [allowed, denied, conditional, unverifiable] = count(serving);
            KindSummary {
                kind,
                allowed,
                denied,
                conditional,
                unverifiable,
            }
        });
        summaries.filter(|summary| summary.total() > 0).collect()
    }

    /// The findings that AWS would deny.
    pub fn denied(&self) -> impl Iterator<Item = &Finding> {
        let denied = |finding: &&Finding| matches!(finding.verdict, Verdict::Denied { .. });
        self.findings.iter().filter(denied)
    }

    /// The requirements that are neither known to be allowed nor known to be denied.
    pub fn undecided(&self) -> impl Iterator<Item = &Finding> {
        let undecided = |finding: &&Finding| {
            matches!(
                finding.verdict,
                Verdict::Conditional { .. } | Verdict::Unverifiable { .. }
            )
        };
        self.findings.iter().filter(undecided)
    }
}

fn count<'a>(findings: impl Iterator<Item = &'a Finding>) -> [usize; 4] {
    findings.fold([0; 4], |[a, d, c, u], finding| match finding.verdict {
        Verdict::Allowed => [a + 1, d, c, u],
        Verdict::Denied { .. } => [a, d + 1, c, u],
        Verdict::Conditional { .. } => [a, d, c + 1, u],
        Verdict::Unverifiable { .. } => [a, d, c, u + 1],
    })
}
