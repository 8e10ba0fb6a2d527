//! The root user: nothing in the account restricts it.

use commissary_core::domain::{CheckResult, Evidence, Finding, Rung, Verdict};

use super::Ladder;

const EVIDENCE: &str =
    "root user: no policy of the account restricts it; service control policies were not read";

/// Everything is allowed to the root user, but for what something else decides as well (IAM User
/// Guide, "AWS account root user").
pub(super) fn check(ladder: &Ladder<'_>) -> CheckResult {
    let findings = ladder.request.requirements.iter().map(|requirement| {
        let verdict = match &requirement.also_decided_by {
            None => Verdict::Allowed,
            Some(because) => Verdict::Unverifiable {
                because: because.clone(),
            },
        };
        let evidence = Evidence {
            rung: Rung::Identity,
            detail: EVIDENCE.to_owned(),
        };
        Finding::new(requirement, verdict, Some(evidence))
    });
    let why = "not tried: AWS does not simulate the root user, and it has no policies";
    CheckResult {
        findings: findings.collect(),
        rungs: vec![
            ladder.identity_rung(),
            ladder.unused(Rung::Simulation, why).outcome,
            ladder.unused(Rung::Policies, why).outcome,
            ladder
                .unused(
                    Rung::Probes,
                    "not needed: nothing in the account restricts the root user",
                )
                .outcome,
        ],
        ..CheckResult::default()
    }
}
