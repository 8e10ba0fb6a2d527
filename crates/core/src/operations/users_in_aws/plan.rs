//! What making a user would do.

use super::fault::of_bootstrap;
use super::input::{NewUser, Wanted};
use crate::domain::{
    AccessKeyId, Authentication, BootstrapState, BootstrapStep, KeyWish, Planned, Provider,
    Workspace,
};
use crate::error::FieldError;
use crate::operations::Commissary;
use crate::people::Actor;
use crate::{Action, Error};

/// What would be done.
#[derive(Debug, Clone)]
pub struct UserPlanned {
    /// The lines, and who would do it where.
    pub planned: Planned,
    /// The name of the provider that the key becomes, or is already.
    pub provider: String,
    /// What keeps it from being done as it is asked for, at its field.
    pub in_the_way: Option<FieldError>,
}

impl Commissary {
    /// Looks at an account and says what making a user would do; nothing is changed, and nothing
    /// of the administrator's keys is kept.
    ///
    /// # Errors
    /// The input is at fault, the cloud refuses the keys or a question, something that others made
    /// stands in the way, or the actor may not.
    pub async fn plan_user(
        &self,
        actor: &Actor,
        workspace: &str,
        new: NewUser,
    ) -> Result<UserPlanned, Error> {
        let workspace = self
            .workspace_for(actor, Action::AddProvider, workspace)
            .await?;
        let wanted = new.checked()?;
        let existing = self.existing(&workspace, &wanted).await?;
        let identity = self.lender(&wanted.lent).await?;
        let kept = existing.as_ref().map(key_of);
        let request = wanted.request(&identity.partition, kept, None, self.clock.now())?;
        let planned = self.accounts.plan_user(&wanted.lent, request).await;
        let planned = planned.map_err(of_bootstrap)?;
        Ok(UserPlanned {
            in_the_way: in_the_way(&planned, existing.as_ref()),
            provider: wanted.name.to_string(),
            planned,
        })
    }

    /// The provider of the name, where an earlier run came so far.
    pub(super) async fn existing(
        &self,
        workspace: &Workspace,
        wanted: &Wanted,
    ) -> Result<Option<Provider>, Error> {
        let existing = self.store.provider(workspace.id, &wanted.name).await?;
        let held = existing.as_ref().map(key_of);
        match &wanted.key {
            KeyWish::InPlaceOf(id) if held == Some(id) => Err(Error::invalid(
                "replaceKey",
                format!(
                    "the infrastructure provider `{}` holds the key that is to go; choose another name for the new one, and delete that provider when nothing uses it any more",
                    wanted.name
                ),
            )),
            _ => Ok(existing),
        }
    }
}

/// The access key of a provider.
pub(super) fn key_of(provider: &Provider) -> &AccessKeyId {
    let Authentication::Static { access_key_id, .. } = &provider.authentication;
    access_key_id
}

/// What keeps the key from becoming the provider.
pub(super) fn in_the_way(planned: &Planned, existing: Option<&Provider>) -> Option<FieldError> {
    if let Some(provider) = existing {
        let held = key_of(provider);
        let is_of_user = planned.known_keys.iter().any(|key| key.id == *held);
        return (!is_of_user).then(|| {
            let message = format!(
                "the infrastructure provider `{}` exists already, with the access key `{held}` of another user; choose another name",
                provider.name
            );
            FieldError::new("provider", message)
        });
    }
    if planned.makes_key {
        return None;
    }
    let mut lines = planned.lines.iter();
    let of_key = lines.find(|line| {
        (line.step, line.state) == (BootstrapStep::AccessKey, BootstrapState::Existed)
    });
    of_key.map(|line| FieldError::new("newKey", line.detail.clone()))
}
