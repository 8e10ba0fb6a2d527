//! Each rung: how it is climbed, and what it says of itself.

use commissary_core::domain::{CheckEvent, Rung, RungOutcome, Verdict};
use commissary_core::ports::CloudError;
use commissary_permissions::SampleRequest;

use super::Ladder;
use super::judge::{Answer, Judgement, judge};
use super::policies::{self, Reading};
use super::simulation::{self, Simulated};
use crate::error::is_silence;

/// A rung after it was tried.
pub(super) struct Climbed {
    pub(super) outcome: RungOutcome,
    /// One for each requirement, in their order.
    pub(super) judgements: Vec<Judgement>,
    /// How far it could be used.
    pub(super) access: Access,
}

/// How far a rung could be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// AWS answered, if not everything.
    Open,
    /// AWS denied what the rung needs.
    Denied,
    /// AWS did not answer.
    Silent,
}

impl Ladder<'_> {
    pub(super) fn identity_rung(&self) -> RungOutcome {
        RungOutcome {
            rung: Rung::Identity,
            gave_evidence: true,
            said: format!(
                "AWS says that this is `{}`",
                self.request.identity.principal_arn
            ),
        }
    }

    /// A rung that was not tried.
    pub(super) fn unused(&self, rung: Rung, why: &str) -> Climbed {
        let left = || Judgement::Left {
            why: why.to_owned(),
        };
        Climbed {
            outcome: RungOutcome {
                rung,
                gave_evidence: false,
                said: why.to_owned(),
            },
            judgements: self.samples.iter().map(|_| left()).collect(),
            access: Access::Open,
        }
    }

    pub(super) async fn simulate(&self) -> Result<Climbed, CloudError> {
        let hear = |simulated: &Simulated| {
            self.progress.tell(CheckEvent::Simulating {
                done: simulated.answered(),
                total: simulated.total,
            });
            let answer = |sample: &SampleRequest| simulated.answer(sample);
            self.standing.judged(|place| {
                let requirement = self.request.requirements.get(place)?;
                Some(judge(requirement, self.samples.get(place)?, answer))
            });
        };
        let simulated = simulation::simulate(
            self.asker,
            &self.request.identity,
            &self.principal,
            &self.known,
            &self.samples,
            self.deadline,
            &hear,
        )
        .await?;
        Ok(Climbed {
            outcome: RungOutcome {
                rung: Rung::Simulation,
                gave_evidence: simulated.answered() > 0,
                said: self.simulation_said(&simulated),
            },
            judgements: self.judged(|sample| simulated.answer(sample)),
            access: match &simulated.trouble {
                Some(CloudError::Denied { .. }) => Access::Denied,
                Some(error) if is_silence(error) => Access::Silent,
                _ => Access::Open,
            },
        })
    }

    fn simulation_said(&self, simulated: &Simulated) -> String {
        let Simulated { arn, total, .. } = simulated;
        let whom = if self.by_reader {
            "the administrator's credential"
        } else {
            "this credential"
        };
        match (&simulated.trouble, simulated.answered()) {
            (None, answered) if answered == *total => {
                format!("AWS simulated {total} requests of `{arn}`")
            }
            (None, answered) => format!("AWS simulated {answered} of {total} requests of `{arn}`"),
            // Where a deny says so, a grant would not help: AWS's own words tell which one it is.
            (Some(CloudError::Denied { message, .. }), 0) if message.contains("explicit deny") => {
                format!("AWS denies `{}` to {whom}: {message}", simulation::ACTION)
            }
            (Some(CloudError::Denied { .. }), 0) => {
                format!(
                    "AWS denies `{}` to {whom}; allow it on `{arn}`",
                    simulation::ACTION
                )
            }
            (Some(error), 0) => format!("AWS simulated nothing of `{arn}`: {error}"),
            (Some(error), answered) => format!(
                "AWS simulated {answered} of {total} requests of `{arn}`; the others were not answered: {error}"
            ),
        }
    }

    /// Reads the policies and decides by them. Where the simulation left nothing to decide they
    /// are read all the same: they name the statements, and tell what is too much.
    pub(super) async fn read(
        &self,
        simulated: &Climbed,
    ) -> Result<(Climbed, Option<Reading>), CloudError> {
        if simulated.access == Access::Silent {
            let why = "not tried: IAM did not answer the simulation";
            return Ok((self.unused(Rung::Policies, why), None));
        }
        self.progress.tell(CheckEvent::ReadingPolicies);
        let reading = policies::read(self.asker, &self.principal, self.deadline).await?;
        self.progress.tell(CheckEvent::Deciding);
        let (identity, known) = (&self.request.identity, &self.known);
        let judgements = self.judged(|sample| policies::decide(&reading, identity, known, sample));
        self.standing.judged(|place| judgements.get(place).cloned());
        let settled = |judgement: &Judgement| matches!(judgement, Judgement::Settled { .. });
        let is_needed = simulated.judgements.iter().any(may_be_settled_by_reading);
        let said = match is_needed {
            true => self.reading_said(&reading),
            false => NOT_NEEDED.to_owned(),
        };
        let climbed = Climbed {
            outcome: RungOutcome {
                rung: Rung::Policies,
                gave_evidence: is_needed && judgements.iter().any(settled),
                said,
            },
            judgements,
            access: match reading.unread.iter().all(|unread| unread.denied) {
                _ if reading.unread.is_empty() => Access::Open,
                true => Access::Denied,
                false if reading.stopped => Access::Silent,
                false => Access::Open,
            },
        };
        Ok((climbed, Some(reading)))
    }

    fn reading_said(&self, reading: &Reading) -> String {
        let whose = self.principal.title();
        let unread = reading.unread_sentence();
        match (reading.count(), reading.unread.is_empty()) {
            (0, true) => format!("{whose} has no policies"),
            (count, true) => format!(
                "policies of {whose} that were read: {count}; service control policies were not, and can take away from what is allowed here"
            ),
            (0, false) => format!("no policy of {whose} was read; not readable: {unread}"),
            (count, false) => format!(
                "policies of {whose} that were read: {count}; not readable, so that only an explicit deny is certain: {unread}"
            ),
        }
    }

    fn judged(&self, answer: impl Fn(&SampleRequest) -> Answer) -> Vec<Judgement> {
        let pairs = self.request.requirements.iter().zip(&self.samples);
        pairs
            .map(|(requirement, samples)| judge(requirement, samples, &answer))
            .collect()
    }
}

const NOT_NEEDED: &str = "not needed: the simulation settled all that policies can settle; they were read only to name statements and to tell what is too much";

/// Whether policies could say more about a requirement than the simulation did.
fn may_be_settled_by_reading(simulated: &Judgement) -> bool {
    match simulated {
        Judgement::Left { .. } => true,
        Judgement::Settled { verdict, .. } => matches!(verdict, Verdict::Conditional { .. }),
    }
}
