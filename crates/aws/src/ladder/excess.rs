//! What the credential may do beyond what is required of it.
//!
//! Only what the policies that were read allow is told, net of the boundary and of what they deny.
//! Where a part of them could not be read, a deny may stand in it: then nothing is told but that.

mod beyond;
mod dangers;
mod reach;

use commissary_core::domain::{Excess, Risk, Severity};
use commissary_iam::reference::Reference;
use commissary_iam::{Context, Place, PolicySet, Viewpoint};
use commissary_permissions::Requirement;
use tokio::time::timeout_at;

use super::Ladder;
use super::policies::Reading;
use crate::principal::Principal;

/// The keys of the root user are a finding, whatever is read (IAM User Guide, "Root user best
/// practices for your AWS account").
pub(super) fn of_root() -> Excess {
    Excess {
        risks: vec![Risk {
            id: "root-keys".to_owned(),
            severity: Severity::Critical,
            what: "these are keys of the account's root user: they may do everything, and no policy of the account can narrow them; make a user for clusters, then delete these keys".to_owned(),
            actions: Vec::new(),
        }],
        ..Excess::default()
    }
}

impl Ladder<'_> {
    /// What the policies that were read allow beyond the requirements; `why` says what kept them
    /// from being read.
    pub(super) async fn excess(&self, reading: Option<&Reading>, why: &str) -> Excess {
        let Some(reading) = reading else {
            return Excess::unknown(format!("the policies were not read: {why}"));
        };
        if !reading.unread.is_empty() {
            return Excess::unknown(format!(
                "not every policy could be read, and one that was not may deny: {}",
                reading.unread_sentence()
            ));
        }
        let question = Weighed {
            policies: reading.policies.clone(),
            view: self.view(reading),
            requirements: self.request.requirements.clone(),
        };
        // Some milliseconds of counting, and more where policies are very tangled.
        let weighing = tokio::task::spawn_blocking(move || question.weigh());
        match timeout_at(self.deadline, weighing).await {
            Ok(Ok(mut excess)) => {
                if excess.unknown.is_none() {
                    excess.caveat = Some(self.unseen());
                }
                excess
            }
            Ok(Err(_)) | Err(_) => Excess::unknown("the time for the check ran out"),
        }
    }

    /// What is certain of every request, wherever it is made.
    fn view(&self, reading: &Reading) -> Viewpoint {
        let identity = &self.request.identity;
        let mut context = Context::new();
        for fact in self.known.facts().iter().chain(&reading.facts) {
            context.set(&fact.key, &fact.values);
        }
        Viewpoint {
            principal: Some(identity.principal_arn.clone()),
            context,
            place: Place {
                partition: Some(identity.partition.to_string()),
                account: Some(identity.account_id.clone()),
                region: None,
            },
        }
    }

    /// What may take away from what the policies allow and was not seen.
    fn unseen(&self) -> String {
        let mut unseen =
            "service control policies were not read and may take away from it".to_owned();
        if matches!(self.principal, Principal::RoleSession { .. }) {
            unseen.push_str(", as may a session policy, which is not to be seen");
        }
        unseen
    }
}

/// What is weighed, on a thread of its own.
struct Weighed {
    policies: PolicySet,
    view: Viewpoint,
    requirements: Vec<Requirement>,
}

impl Weighed {
    fn weigh(&self) -> Excess {
        match Reference::bundled() {
            Ok(reference) => {
                beyond::beyond(&self.policies, &self.view, &self.requirements, reference)
            }
            Err(error) => Excess::unknown(error.to_string()),
        }
    }
}

#[cfg(test)]
mod tests;
