//! Take a user back.

use commissary_permissions::Blueprint;

use super::fault::of_bootstrap;
use super::input::{UserToGo, lent};
use super::{ended, target, unless_taken_over};
use crate::domain::{BootstrapEvent, Partition, Planned, UndoRequest, UserEvent, blueprint_fault};
use crate::operations::Commissary;
use crate::operations::input::must_be_typed;
use crate::people::Actor;
use crate::ports::{Lent, UserProgress};
use crate::{Action, Error};

/// What was taken back.
#[derive(Debug, Clone)]
pub struct UserGone {
    /// The lines that were done.
    pub planned: Planned,
}

/// A user to go, as far as it can be checked before the account is asked.
struct Going {
    lent: Lent,
    user_name: String,
    policy_name: String,
}

impl UserToGo {
    fn checked(self) -> Result<Going, Error> {
        let mut faults = Vec::new();
        let lent = lent(self.administrator, self.region.as_deref(), &mut faults);
        let (user_name, policy_name) = (self.user_name.trim(), self.policy_name.trim());
        if let Err(wrong) = Blueprint::check_names(user_name, policy_name) {
            faults.extend(wrong.iter().map(blueprint_fault));
        }
        match lent {
            Some(lent) if faults.is_empty() => Ok(Going {
                lent,
                user_name: user_name.to_owned(),
                policy_name: policy_name.to_owned(),
            }),
            _ => Err(Error::Invalid(faults)),
        }
    }
}

impl Going {
    fn request(&self, partition: &Partition) -> UndoRequest {
        UndoRequest::of(partition, &self.user_name, &self.policy_name)
    }
}

impl Commissary {
    /// Looks at an account and says what taking a user back would remove and what it would leave;
    /// nothing is changed, and nothing of the administrator's keys is kept.
    ///
    /// # Errors
    /// The input is at fault, the cloud refuses the keys or a question, or the actor may not.
    pub async fn plan_undo(
        &self,
        actor: &Actor,
        workspace: &str,
        user: UserToGo,
    ) -> Result<Planned, Error> {
        self.workspace_for(actor, Action::DeleteProvider, workspace)
            .await?;
        let going = user.checked()?;
        let identity = self.lender(&going.lent).await?;
        let request = going.request(&identity.partition);
        let planned = self.accounts.plan_undo(&going.lent, request).await;
        planned.map_err(of_bootstrap)
    }

    /// Removes what was made for a user, and only that. Providers that were saved with its keys
    /// stay.
    ///
    /// # Errors
    /// `confirmation` is not the user's name, the input is at fault, the cloud refuses the keys or
    /// a call, another run is about the same user, or the actor may not. The same again goes on.
    pub async fn take_user_back(
        &self,
        actor: &Actor,
        workspace: &str,
        user: UserToGo,
        confirmation: &str,
        progress: &dyn UserProgress,
    ) -> Result<UserGone, Error> {
        let workspace = self
            .workspace_for(actor, Action::DeleteProvider, workspace)
            .await?;
        let going = user.checked()?;
        let how = "to take the user back, type its name";
        must_be_typed(confirmation, &going.user_name, how)?;
        progress.tell(UserEvent::Looking);
        let identity = self.lender(&going.lent).await?;
        let hold = self.hold_of(&identity.account_id, &going.user_name);
        self.hold(actor, &workspace, "user.undo", &hold).await?;
        let tell = |event: BootstrapEvent| progress.tell(event.into());
        let request = going.request(&identity.partition);
        let gone = self.accounts.undo(&going.lent, request, &tell).await;
        let audit = self.audit_in(actor, "user.undone", workspace.id, target(&hold));
        if gone.is_ok() {
            // A key that was lost is gone with the others.
            unless_taken_over(self.store.note_key(&hold, None).await)?;
        }
        let released = self.store.release_user(&hold, &ended(audit, &gone)).await;
        let planned = gone.map_err(of_bootstrap)?;
        released?;
        Ok(UserGone { planned })
    }
}
