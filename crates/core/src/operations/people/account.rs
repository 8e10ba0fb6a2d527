//! One's own account.

use super::sign_in::Refusal;
use crate::people::{Actor, PasswordInput, SignInFrom, SignedIn, UserChange, Who};
use crate::ports::StoreError;
use crate::{Action, Commissary, Error, authorize};

impl Commissary {
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
        let name = match actor.who() {
            Who::User { name, .. } => name,
            Who::Token {
                owner: Some((_, name)),
                ..
            } => name,
            _ => {
                let message = "this token is nobody's, so it has no password";
                return Err(Error::Conflict(message.to_owned()));
            }
        };
        let hash = new
            .into_hash(self.random.as_ref())
            .map_err(|fault| Error::Invalid(vec![fault]))?;
        let refusal = Refusal {
            action: "user.password",
            field: "currentPassword",
            message: "this is not your present password",
        };
        let proven = self.prove(name, current, &from, refusal).await?;
        let audit = self.audit(actor, "user.password", name.clone());
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
