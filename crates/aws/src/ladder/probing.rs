//! The fourth rung: calls with the credential itself that can change nothing.

use commissary_core::domain::{CheckEvent, Rung, RungOutcome, Verdict};
use commissary_permissions::{Requirement, Samples};

use super::Ladder;
use super::judge::Judgement;
use super::rungs::{Access, Climbed};
use crate::probes::{self, Probing, Proof, Rules, Step, Wanted};

impl Ladder<'_> {
    /// Probes what the simulation did not find allowed: it alone knows every layer that a call
    /// would meet.
    pub(super) async fn probe(&self, simulated: &Climbed) -> Climbed {
        let Some(client) = self.subject.signed() else {
            let why = "not tried: no connection to AWS's other services can be made";
            return self.unused(Rung::Probes, why);
        };
        let wanted = self.to_probe(simulated);
        if wanted.is_empty() {
            let why = "not needed: the simulation found everything allowed";
            return self.unused(Rung::Probes, why);
        }
        let options = &self.request.options;
        let rules = Rules {
            dry_run_elsewhere: options.dry_run_elsewhere || self.subject.honours_dry_runs(),
            probe_existing: options.probe_existing,
            deadline: self.deadline,
        };
        let hear = |step: Step<'_>| self.heard(&step);
        let probing = probes::run(client, &self.scope, &wanted, rules, &hear).await;
        let requirements = self.request.requirements.iter().zip(&self.samples);
        let proof = |requirement: &Requirement| probing.proofs.get(&requirement.action);
        let judgements: Vec<Judgement> = requirements
            .map(|(requirement, samples)| judged(requirement, samples, proof(requirement)))
            .collect();
        let settled = judgements
            .iter()
            .filter(|judgement| is_settled(judgement))
            .count();
        Climbed {
            outcome: RungOutcome {
                rung: Rung::Probes,
                gave_evidence: settled > 0,
                said: said(&probing, settled),
            },
            judgements,
            access: Access::Open,
        }
    }

    /// Tells how it goes on.
    fn heard(&self, step: &Step<'_>) {
        let Step { done, total, .. } = *step;
        self.progress.tell(CheckEvent::Probing { done, total });
        self.standing.judged(|place| {
            let requirement = self.request.requirements.get(place)?;
            let samples = self.samples.get(place)?;
            (requirement.action == step.action)
                .then(|| judged(requirement, samples, Some(step.proof)))
        });
    }

    /// The actions that the simulation left open, with the resources that they are asked about.
    fn to_probe(&self, simulated: &Climbed) -> Wanted {
        let mut wanted = Wanted::new();
        let requirements = self.request.requirements.iter().zip(&self.samples);
        for ((requirement, samples), judgement) in requirements.zip(&simulated.judgements) {
            if !is_allowed(judgement) {
                let about = wanted.entry(requirement.action.clone()).or_default();
                about.extend(resources(samples).map(str::to_owned));
            }
        }
        wanted
    }
}

fn resources(samples: &Samples) -> impl Iterator<Item = &str> {
    let every = samples.every.iter().chain(&samples.alternatives);
    every.map(|sample| sample.resource.as_str())
}

fn is_allowed(judgement: &Judgement) -> bool {
    matches!(
        judgement,
        Judgement::Settled {
            verdict: Verdict::Allowed,
            ..
        }
    )
}

fn is_settled(judgement: &Judgement) -> bool {
    matches!(judgement, Judgement::Settled { .. })
}

fn judged(requirement: &Requirement, samples: &Samples, proof: Option<&Proof>) -> Judgement {
    let left = |why: &str| Judgement::Left {
        why: why.to_owned(),
    };
    // Probes carry no context keys of their own, and ask for nothing but the caller's right.
    if requirement.condition.is_some() || requirement.also_decided_by.is_some() {
        return left("no call that changes nothing meets its condition");
    }
    match proof {
        None => left("it was not probed"),
        Some(Proof::Allowed { seen, reach }) => match reach.beyond(resources(samples)) {
            None => Judgement::Settled {
                verdict: Verdict::Allowed,
                detail: seen.clone(),
            },
            Some(resource) => left(&format!(
                "{seen}, which does not say that `{resource}` is allowed too"
            )),
        },
        Some(Proof::Denied { by, seen }) => Judgement::Settled {
            verdict: Verdict::Denied { by: by.clone() },
            detail: seen.clone(),
        },
        Some(Proof::Nothing { why }) => left(why),
    }
}

fn said(probing: &Probing, settled: usize) -> String {
    let mut text = format!(
        "AWS answered {} calls that change nothing; they settle {settled} requirements",
        probing.answered
    );
    if probing.without_dry_runs {
        text.push_str("; ");
        text.push_str(probes::LEFT_OUT);
    }
    if probing.out_of_time {
        text.push_str("; the time for the check ran out before all were sent");
    }
    text
}
