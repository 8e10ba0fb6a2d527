//! One's own account.

use super::sign_in::Refusal;
use crate::domain::WorkspaceId;
use crate::people::{
    Actor, PasswordInput, Reach, SignInFrom, SignedIn, UserChange, Who, WorkspaceNames,
};
use crate::ports::StoreError;
use crate::{Action, Commissary, Error, authorize};

impl Commissary {
    /// The names of the workspaces that the actor has a role of its own in.
    ///
    /// # Errors
    /// Nobody is signed in, or the store cannot be read.
    pub async fn own_workspaces(&self, actor: &Actor) -> Result<WorkspaceNames, Error> {
        authorize(actor, Action::ListWorkspaces, None)?;
        match actor.rights().reach() {
            Reach::Everywhere(_) => Ok(WorkspaceNames::new()),
            Reach::Only(roles) => {
                let ids: Vec<WorkspaceId> = roles.keys().copied().collect();
                Ok(self.store.workspace_names(&ids).await?)
            }
        }
    }

    /// Whether the actor has a password of its own: who signs in with the identity provider
    /// has none.
    ///
    /// # Errors
    /// Nobody is signed in, or the store cannot be read.
    pub async fn has_password(&self, actor: &Actor) -> Result<bool, Error> {
        authorize(actor, Action::ReadOwnAccount, None)?;
        let Some(name) = actor.user_name() else {
            return Ok(false);
        };
        let user = self.store.user(name).await?;
        Ok(user.is_some_and(|user| user.password.is_some()))
    }

    /// Changes one's own password. Every session ends; a browser gets a new one.
    ///
    /// # Errors
    /// A fault at `currentPassword` or `password`, [`Error::TooManyAttempts`], or
    /// nobody's password is meant.
    pub async fn change_password(
        &self,
        actor: &Actor,
        current: PasswordInput,
        new: PasswordInput,
        from: SignInFrom,
    ) -> Result<Option<SignedIn>, Error> {
        authorize(actor, Action::ChangeOwnAccount, None)?;
        let name = actor.user_name().ok_or_else(|| {
            let message = "this token is nobody's, so it has no password";
            Error::Conflict(message.to_owned())
        })?;
        let hash = new
            .into_hash(self.random.as_ref())
            .map_err(|fault| Error::Invalid(vec![fault]))?;
        let refusal = Refusal {
            action: "user.password",
            field: "currentPassword",
            message: "this is not your present password",
        };
        let proven = self.prove(name, current, &from, refusal).await?;
        let audit = self.audit(actor, "user.password", name.to_owned());
        let change = UserChange::Password(hash);
        match self
            .store
            .change_user(proven.user.id, &change, &audit)
            .await
        {
            Err(StoreError::Gone) => return Err(Error::NotSignedIn),
            other => other?,
        }
        match actor.who() {
            Who::User { .. } => self
                .begin_session(&proven.user, from, proven.gates, proven.known)
                .await
                .map(Some),
            _ => Ok(None),
        }
    }
}
