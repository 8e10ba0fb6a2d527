//! The strongest evidence for each requirement. Pure.

use commissary_core::domain::{CheckResult, Evidence, Finding, Rung, Verdict};
use commissary_permissions::Requirement;

use super::judge::Judgement;
use super::rungs::Climbed;
use super::{Ladder, reasons};
use crate::principal::Principal;

/// Puts together what the rungs gave.
pub(super) fn combine(ladder: &Ladder<'_>, simulated: Climbed, read: Climbed) -> CheckResult {
    let requirements = ladder.request.requirements.iter();
    let may_lack_iam = may_lack_iam(ladder, &simulated, &read);
    let judgements = simulated.judgements.iter().zip(&read.judgements);
    let findings = requirements
        .zip(judgements)
        .map(|(requirement, (simulation, policies))| {
            let (verdict, evidence) = match strongest(simulation, policies) {
                Some((rung, verdict, detail)) => {
                    let detail = with_limits(ladder, rung, verdict, detail);
                    (verdict.clone(), Some(Evidence { rung, detail }))
                }
                None => {
                    let because = reasons::unsettled(
                        ladder,
                        requirement,
                        &simulated,
                        &read,
                        simulation,
                        policies,
                    );
                    (Verdict::Unverifiable { because }, None)
                }
            };
            let verdict = if may_lack_iam {
                without_iam(&requirement.action, verdict)
            } else {
                verdict
            };
            finding(requirement, verdict, evidence)
        });
    CheckResult {
        findings: findings.collect(),
        rungs: vec![ladder.identity_rung(), simulated.outcome, read.outcome],
    }
}

/// A requirement with its verdict.
pub(super) fn finding(
    requirement: &Requirement,
    verdict: Verdict,
    evidence: Option<Evidence>,
) -> Finding {
    Finding {
        requirement: requirement.id.clone(),
        action: requirement.action.clone(),
        resource: requirement.resource.clone(),
        kind: requirement.kind,
        also: requirement.also.clone(),
        verdict,
        evidence,
    }
}

/// Simulation comes before reading, because AWS knows service control policies and the reading
/// does not. For the same reason a simulation that hangs on a key is overruled by a denial that
/// was read, never by a grant: the key may stand in a service control policy.
fn strongest<'a>(
    simulation: &'a Judgement,
    policies: &'a Judgement,
) -> Option<(Rung, &'a Verdict, &'a str)> {
    let simulated =
        settled(simulation).map(|(verdict, detail)| (Rung::Simulation, verdict, detail));
    let read = settled(policies).map(|(verdict, detail)| (Rung::Policies, verdict, detail));
    match (simulated, read) {
        (
            Some((_, Verdict::Conditional { .. }, _)),
            Some(read @ (_, Verdict::Denied { .. }, _)),
        ) => Some(read),
        (Some(simulated), _) => Some(simulated),
        (None, read) => read,
    }
}

fn settled(judgement: &Judgement) -> Option<(&Verdict, &str)> {
    match judgement {
        Judgement::Settled { verdict, detail } => Some((verdict, detail)),
        Judgement::Left { .. } => None,
    }
}

/// What a grant leaves open, said with it.
fn with_limits(ladder: &Ladder<'_>, rung: Rung, verdict: &Verdict, detail: &str) -> String {
    let mut said = detail.to_owned();
    if *verdict != Verdict::Allowed {
        return said;
    }
    if rung == Rung::Policies {
        said.push_str("; service control policies were not read");
    }
    if matches!(ladder.principal, Principal::RoleSession { .. }) {
        said.push_str("; a session policy, if the session has one, was not seen");
    }
    said
}

/// Whether the credential is a session that may call IAM only under a condition that is not to be
/// seen: a user's session may when it was made with a multi-factor code (AWS Security Token
/// Service API Reference, "GetSessionToken"). That it was is known when it has called IAM.
fn may_lack_iam(ladder: &Ladder<'_>, simulated: &Climbed, read: &Climbed) -> bool {
    let of_user = matches!(ladder.principal, Principal::User { .. });
    let has_called =
        !ladder.by_reader && (simulated.outcome.gave_evidence || read.outcome.gave_evidence);
    of_user && ladder.temporary && !has_called
}

/// What a session that may lack IAM leaves of a grant. Passing a role is no call of IAM.
fn without_iam(action: &str, verdict: Verdict) -> Verdict {
    let calls_iam = action.starts_with("iam:") && action != "iam:PassRole";
    if verdict == Verdict::Allowed && calls_iam {
        return Verdict::Unverifiable {
            because: "a temporary key of a user may call IAM only if it was made with a multi-factor code, which is not to be seen from outside".to_owned(),
        };
    }
    verdict
}

#[cfg(test)]
mod tests {
    use commissary_core::domain::DeniedBy;

    use super::*;

    fn settled(verdict: Verdict) -> Judgement {
        Judgement::Settled {
            verdict,
            detail: "seen".into(),
        }
    }

    fn denied() -> Verdict {
        Verdict::Denied {
            by: DeniedBy {
                layer: "identity policies".into(),
                statements: Vec::new(),
            },
        }
    }

    fn conditional() -> Verdict {
        Verdict::Conditional {
            keys: vec!["aws:SourceIp".into()],
        }
    }

    fn won(simulation: &Judgement, policies: &Judgement) -> Option<(Rung, Verdict)> {
        strongest(simulation, policies).map(|(rung, verdict, _)| (rung, verdict.clone()))
    }

    #[test]
    fn a_users_session_is_not_said_to_be_allowed_iam() {
        let because = |verdict| matches!(verdict, Verdict::Unverifiable { .. });
        assert!(because(without_iam("iam:GetRole", Verdict::Allowed)));
        assert_eq!(
            without_iam("iam:PassRole", Verdict::Allowed),
            Verdict::Allowed
        );
        assert_eq!(
            without_iam("ec2:RunInstances", Verdict::Allowed),
            Verdict::Allowed
        );
        assert_eq!(without_iam("iam:GetRole", denied()), denied());
    }

    #[test]
    fn simulation_is_stronger_when_it_decided() {
        let left = Judgement::Left { why: "x".into() };
        let (allowed, denied) = (settled(Verdict::Allowed), settled(denied()));
        assert_eq!(
            won(&allowed, &denied),
            Some((Rung::Simulation, Verdict::Allowed))
        );
        assert_eq!(
            won(&left, &allowed),
            Some((Rung::Policies, Verdict::Allowed))
        );
        assert_eq!(won(&left, &left), None);
    }

    #[test]
    fn a_condition_that_aws_sees_is_overruled_by_a_denial_only() {
        let conditional = settled(conditional());
        let kept = won(&conditional, &settled(Verdict::Allowed)).unwrap();
        assert_eq!(kept.0, Rung::Simulation);
        assert_eq!(
            won(&conditional, &settled(denied())),
            Some((Rung::Policies, denied()))
        );
    }
}
