//! Why something is unverifiable, and what would settle it.

use commissary_permissions::Requirement;

use super::combine::Rungs;
use super::judge::Judgement;
use super::rungs::Access;
use super::{Ladder, simulation};
use crate::principal::Principal;

/// The reason where no rung settled a requirement: one sentence.
pub(super) fn unsettled(
    ladder: &Ladder<'_>,
    requirement: &Requirement,
    rungs: &Rungs,
    [simulation, policies, probes]: [&Judgement; 3],
) -> String {
    // No right to ask would settle what something else decides.
    if let Some(because) = &requirement.also_decided_by {
        return because.clone();
    }
    let probed = why(probes);
    if ladder.principal == Principal::Other {
        return format!("{}; {probed}", why(simulation));
    }
    let settles = settles(ladder);
    if rungs.simulated.access == Access::Denied && rungs.read.access == Access::Denied {
        let who = if ladder.by_reader {
            "the administrator's credential".to_owned()
        } else {
            ladder.principal.title()
        };
        return format!(
            "AWS lets {who} neither simulate nor read all the policies that decide, and {probed}; {settles}"
        );
    }
    let (simulation, policies) = (why(simulation), why(policies));
    if simulation == policies {
        return format!("{simulation}; {probed}; {settles}");
    }
    format!("no simulation: {simulation}; no policies: {policies}; {probed}; {settles}")
}

fn why(judgement: &Judgement) -> &str {
    match judgement {
        Judgement::Left { why } => why,
        Judgement::Settled { detail, .. } => detail,
    }
}

/// What a person can do.
fn settles(ladder: &Ladder<'_>) -> String {
    let identity = &ladder.request.identity;
    let arn = match &ladder.principal {
        Principal::RoleSession { role } => format!(
            "arn:{}:iam::{}:role/{role}",
            identity.partition, identity.account_id
        ),
        _ => identity.principal_arn.clone(),
    };
    let action = simulation::ACTION;
    if ladder.by_reader {
        return format!("check with an administrator who may call `{action}` on `{arn}`");
    }
    format!(
        "give {} the right to `{action}` on `{arn}`, or check with an administrator's profile",
        ladder.principal.title()
    )
}
