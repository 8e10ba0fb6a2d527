//! Make a user, and its key the provider of a workspace.

use std::sync::{Mutex, PoisonError};

use super::fault::of_bootstrap;
use super::input::{NewUser, Wanted};
use super::keeper::{InStore, Kept};
use super::{ended, target, unless_taken_over};
use crate::domain::{
    BootstrapOutcome, CheckEvent, Interrupted, Provider, UserEvent, UserHold, Workspace,
};
use crate::operations::{Commissary, Notice};
use crate::people::Actor;
use crate::ports::{BootstrapError, Progress, UserProgress};
use crate::{Action, Error};

/// How often a check is done again that denied something: what the user was given a moment ago may
/// not count everywhere yet.
const CHECKS_AGAIN: u32 = 3;

/// A user that was made, or was there and is a provider.
#[derive(Debug, Clone)]
pub struct UserMade {
    /// The user's ARN.
    pub user_arn: String,
    /// The ARNs of its policies.
    pub policy_arns: Vec<String>,
    /// Whether its key was made just now.
    pub made_key: bool,
    /// The provider, with its first check if there was one.
    pub provider: Provider,
    /// What people should know.
    pub notices: Vec<Notice>,
}

impl Commissary {
    /// Makes a user in an account with an administrator's keys, which are used and not kept; seals
    /// its key as a provider of the workspace, and checks that.
    ///
    /// Done again with the same input it goes on, wherever it was interrupted, and ends in the
    /// same state.
    ///
    /// # Errors
    /// The input is at fault, the cloud refuses the keys or a call, something that others made
    /// stands in the way, another run is about the same user, or the actor may not. What was made
    /// until then stays.
    pub async fn make_user(
        &self,
        actor: &Actor,
        workspace: &str,
        new: NewUser,
        progress: &dyn UserProgress,
    ) -> Result<UserMade, Error> {
        let workspace = self
            .workspace_for(actor, Action::AddProvider, workspace)
            .await?;
        let wanted = new.checked()?;
        progress.tell(UserEvent::Looking);
        let identity = self.lender(&wanted.lent).await?;
        let hold = self.hold_of(&identity.account_id, &wanted.wish.user_name);
        let interrupted = self.hold(actor, &workspace, "user.make", &hold).await?;
        let partition = identity.partition;
        // Looked for under the hold: the run before may have saved it just now.
        let made = match self.existing(&workspace, &wanted).await {
            Ok(existing) => {
                let keeper = InStore {
                    product: self,
                    actor,
                    workspace: &workspace,
                    wanted: &wanted,
                    hold: &hold,
                    existing: existing.as_ref(),
                    progress,
                    kept: Mutex::default(),
                };
                let made = self.made(&partition, interrupted, &keeper).await;
                made.map(|(outcome, saved)| (outcome, saved.or(existing)))
            }
            Err(error) => Err(error),
        };
        let audit = self.audit_in(actor, "user.made", workspace.id, target(&hold));
        let audit = ended(audit, &made);
        let released = self.store.release_user(&hold, &audit).await;
        let (outcome, provider) = made?;
        released?;
        let Some(provider) = provider else {
            return Err(Error::Conflict(
                "no access key was made, so that there is nothing to save".to_owned(),
            ));
        };
        let made_key = outcome.access_key.is_some();
        let notices = self
            .checked_at_last(actor, &workspace, &provider, &outcome, progress)
            .await?;
        let provider = self
            .find_provider(&workspace, provider.name.as_str())
            .await?;
        Ok(UserMade {
            user_arn: outcome.user_arn,
            policy_arns: outcome.policy_arns,
            made_key,
            provider,
            notices,
        })
    }

    /// Has the cloud do it, and sees to what was noted.
    async fn made(
        &self,
        partition: &crate::domain::Partition,
        interrupted: Option<Interrupted>,
        keeper: &InStore<'_>,
    ) -> Result<(BootstrapOutcome, Option<Provider>), Error> {
        let wanted: &Wanted = keeper.wanted;
        let kept = keeper.existing.map(super::plan::key_of);
        let now = self.clock.now();
        let request = wanted.request(partition, kept, interrupted, now)?;
        let made = self.accounts.make_user(&wanted.lent, request, keeper).await;
        let Kept {
            unwanted,
            noted,
            provider,
        } = std::mem::take(&mut *keeper.kept.lock().unwrap_or_else(PoisonError::into_inner));
        match made {
            Ok(outcome) => {
                if noted.is_none() {
                    // Nothing is lost: what was noted before is done with as well.
                    unless_taken_over(self.store.note_key(keeper.hold, None).await)?;
                }
                Ok((outcome, provider))
            }
            Err(error) => {
                self.settle_note(keeper.hold, noted, &error).await?;
                match unwanted {
                    Some(fault) => Err(Error::Invalid(vec![fault])),
                    None => Err(of_bootstrap(error)),
                }
            }
        }
    }

    /// What an earlier run noted stays until a key is about to be made; what this one noted stays
    /// if a key may have been made.
    async fn settle_note(
        &self,
        hold: &UserHold,
        noted: Option<Interrupted>,
        error: &BootstrapError,
    ) -> Result<(), Error> {
        if let Some(noted) = noted.filter(|_| !error.may_have_left_a_key()) {
            let left = noted.refused();
            unless_taken_over(self.store.note_key(hold, left.as_ref()).await)?;
        }
        Ok(())
    }

    /// Waits until the key works and checks the provider. It is saved, whatever comes of this.
    async fn checked_at_last(
        &self,
        actor: &Actor,
        workspace: &Workspace,
        provider: &Provider,
        outcome: &BootstrapOutcome,
        progress: &dyn UserProgress,
    ) -> Result<Vec<Notice>, Error> {
        let later = |error: &dyn std::fmt::Display| Notice {
            field: None,
            message: format!("saved, but the permissions could not be checked: {error}"),
        };
        let key = match &outcome.access_key {
            Some(key) => key.clone(),
            None => self.store.access_key(provider.id).await?,
        };
        let region = &provider.region;
        let identity = if outcome.access_key.is_some() {
            let tell = |seconds| progress.tell(UserEvent::Waiting { seconds });
            let known = self.accounts.wait_until_usable(&key, region, &tell).await;
            known.map_err(|error| later(&error))
        } else {
            let known = self.identified(&key, region).await;
            known.map_err(|error| later(&error))
        };
        let mut provider = provider.clone();
        match identity {
            Ok(identity) => provider.identity = Some(identity),
            Err(notice) => return Ok(vec![notice]),
        }
        let hears = Checks(progress);
        for turn in 0..=CHECKS_AGAIN {
            if turn > 0 {
                let of = CHECKS_AGAIN;
                progress.tell(UserEvent::CheckingAgain { turn, of });
                self.accounts.let_settle().await;
            }
            let mut notices = Vec::new();
            self.first_check(actor, workspace, &mut provider, &key, &mut notices, &hears)
                .await?;
            let settled = provider.last_check.is_some_and(|check| check.denied == 0);
            // A user that was there long ago has what it has.
            if settled || turn == CHECKS_AGAIN || outcome.access_key.is_none() {
                return Ok(notices);
            }
        }
        Ok(Vec::new())
    }
}

/// Tells what happens in a check as a part of the whole.
struct Checks<'a>(&'a dyn UserProgress);

impl Progress for Checks<'_> {
    fn tell(&self, check: CheckEvent) {
        self.0.tell(UserEvent::Checking { check });
    }
}
