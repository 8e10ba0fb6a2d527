//! The strongest evidence for each requirement. Pure.

use commissary_core::domain::{CheckResult, DenyingLayer, Evidence, Finding, Rung, Verdict};

use super::judge::Judgement;
use super::rungs::Climbed;
use super::{Ladder, reasons};
use crate::principal::Principal;

/// What the rungs gave.
pub(super) struct Rungs {
    pub(super) simulated: Climbed,
    pub(super) read: Climbed,
    pub(super) probed: Climbed,
}

/// Puts together what the rungs gave.
pub(super) fn combine(ladder: &Ladder<'_>, rungs: &Rungs) -> CheckResult {
    let Rungs {
        simulated,
        read,
        probed,
    } = rungs;
    let may_lack_iam = may_lack_iam(ladder, simulated, read);
    let judgements = simulated
        .judgements
        .iter()
        .zip(&read.judgements)
        .zip(&probed.judgements);
    let findings = ladder.request.requirements.iter().zip(judgements);
    let findings = findings.map(|(requirement, ((simulation, policies), probes))| {
        let told = strongest(simulation, policies).map(|(rung, verdict, detail)| Told {
            rung,
            verdict: named(verdict, policies),
            detail: with_limits(ladder, rung, verdict, detail),
        });
        let (verdict, evidence) = match with_probes(told, probes) {
            Some(told) => {
                let evidence = Evidence {
                    rung: told.rung,
                    detail: told.detail,
                };
                (told.verdict, Some(evidence))
            }
            None => {
                let judgements = [simulation, policies, probes];
                let because = reasons::unsettled(ladder, requirement, rungs, judgements);
                (Verdict::Unverifiable { because }, None)
            }
        };
        // What the credential itself was allowed to call needs no such doubt.
        let probed = matches!(&evidence, Some(evidence) if evidence.rung == Rung::Probes);
        let verdict = if may_lack_iam && !probed {
            without_iam(&requirement.action, verdict)
        } else {
            verdict
        };
        Finding::new(requirement, verdict, evidence)
    });
    CheckResult {
        findings: findings.collect(),
        rungs: vec![
            ladder.identity_rung(),
            simulated.outcome.clone(),
            read.outcome.clone(),
            probed.outcome.clone(),
        ],
        ..CheckResult::default()
    }
}

/// A verdict with the rung that it came from and what was seen there.
#[derive(Debug, Clone, PartialEq)]
struct Told {
    rung: Rung,
    verdict: Verdict,
    detail: String,
}

/// What AWS answered to the credential itself stands beside what was found out about it.
///
/// It settles what nothing else did, and corrects policies that were read, for these are not all
/// that decides. Where it contradicts a denial, or AWS's own simulation, one of the two is about
/// other circumstances, and which one cannot be seen: then nothing is certain. A verdict that hangs
/// on a key stays: one call from here shows one value of it.
fn with_probes(told: Option<Told>, probes: &Judgement) -> Option<Told> {
    let Some((verdict, seen)) = settled(probes) else {
        return told;
    };
    let probed = Told {
        rung: Rung::Probes,
        verdict: verdict.clone(),
        detail: seen.to_owned(),
    };
    let Some(mut told) = told else {
        return Some(probed);
    };
    match (&told.verdict, verdict) {
        (Verdict::Unverifiable { .. }, _) => return Some(probed),
        (Verdict::Allowed, Verdict::Denied { .. }) if told.rung == Rung::Policies => {
            return Some(Told {
                detail: format!("{seen}; the policies that were read allow it"),
                ..probed
            });
        }
        (Verdict::Denied { by }, Verdict::Allowed) => {
            told.verdict = contradiction(told.rung, &format!("denied by the {}", by.layer), seen);
        }
        (Verdict::Allowed, Verdict::Denied { .. }) => {
            told.verdict = contradiction(told.rung, "allowed", seen);
        }
        _ => {}
    }
    told.detail = format!("{}; {seen}", told.detail);
    Some(told)
}

fn contradiction(rung: Rung, verdict: &str, seen: &str) -> Verdict {
    Verdict::Unverifiable {
        because: format!(
            "{} finds it {verdict}, but {seen}: policies may have changed a moment ago, or hang on circumstances that differ; check again in a minute",
            rung.title()
        ),
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

/// A denial with the statements that the reading names, where it finds the same: AWS's simulation
/// tells no more than their policy.
fn named(verdict: &Verdict, policies: &Judgement) -> Verdict {
    let read = settled(policies).map(|(read, _)| read);
    if let (Verdict::Denied { by }, Some(Verdict::Denied { by: read })) = (verdict, read)
        && by.explicit
        && read.explicit
        && (by.kind == read.kind || is_own(by.kind) && is_own(read.kind))
    {
        return Verdict::Denied { by: read.clone() };
    }
    verdict.clone()
}

/// Whether it is of the policies that the simulation does not tell apart.
fn is_own(layer: DenyingLayer) -> bool {
    matches!(layer, DenyingLayer::Identity | DenyingLayer::Group)
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
    use commissary_core::domain::{DeniedBy, DenyingStatement};

    use super::*;

    fn settled(verdict: Verdict) -> Judgement {
        Judgement::Settled {
            verdict,
            detail: "seen".into(),
        }
    }

    fn denied() -> Verdict {
        Verdict::Denied {
            by: DeniedBy::withheld(DenyingLayer::Identity),
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
    fn the_reading_names_the_statement_that_the_simulation_found() {
        let statement = |policy: &str, number| DenyingStatement {
            policy: policy.into(),
            number,
            sid: None,
        };
        let explicit = |layer, number| Verdict::Denied {
            by: DeniedBy::explicitly(layer, vec![statement("guard", number)]),
        };
        let simulated = explicit(DenyingLayer::Identity, None);
        for layer in [DenyingLayer::Identity, DenyingLayer::Group] {
            let read = explicit(layer, Some(2));
            assert_eq!(named(&simulated, &settled(read.clone())), read);
        }
        // Another layer, or no deny at all, is another matter.
        for other in [explicit(DenyingLayer::Boundary, Some(1)), denied()] {
            assert_eq!(named(&simulated, &settled(other)), simulated);
        }
        let left = Judgement::Left { why: "x".into() };
        assert_eq!(named(&simulated, &left), simulated);
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

    fn told(rung: Rung, verdict: Verdict) -> Option<Told> {
        Some(Told {
            rung,
            verdict,
            detail: "told".into(),
        })
    }

    fn with(rung: Rung, verdict: Verdict, probed: Verdict) -> (Rung, Verdict) {
        let told = with_probes(told(rung, verdict), &settled(probed)).unwrap();
        (told.rung, told.verdict)
    }

    #[test]
    fn a_probe_settles_what_nothing_else_did() {
        let left = Judgement::Left { why: "x".into() };
        assert_eq!(with_probes(None, &left), None);
        let won = with_probes(None, &settled(Verdict::Allowed)).unwrap();
        assert_eq!((won.rung, won.verdict), (Rung::Probes, Verdict::Allowed));
        let doubt = Verdict::Unverifiable {
            because: "doubt".into(),
        };
        assert_eq!(
            with(Rung::Simulation, doubt, Verdict::Allowed),
            (Rung::Probes, Verdict::Allowed)
        );
    }

    #[test]
    fn a_probe_that_is_allowed_never_leaves_a_denial_standing() {
        for rung in [Rung::Simulation, Rung::Policies] {
            let (_, verdict) = with(rung, denied(), Verdict::Allowed);
            assert!(matches!(verdict, Verdict::Unverifiable { .. }));
        }
    }

    #[test]
    fn a_denied_call_outweighs_policies_but_not_the_simulation() {
        assert_eq!(
            with(Rung::Policies, Verdict::Allowed, denied()),
            (Rung::Probes, denied())
        );
        let (_, verdict) = with(Rung::Simulation, Verdict::Allowed, denied());
        assert!(matches!(verdict, Verdict::Unverifiable { .. }));
    }

    #[test]
    fn one_call_does_not_lift_a_condition() {
        let (rung, verdict) = with(Rung::Simulation, conditional(), Verdict::Allowed);
        assert_eq!((rung, verdict), (Rung::Simulation, conditional()));
    }
}
