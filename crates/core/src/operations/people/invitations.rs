//! Invitations.

use std::collections::BTreeMap;

use jiff::SignedDuration;

use super::Listed;
use crate::domain::PageRequest;
use crate::error::FieldError;
use crate::people::{
    Actor, Invitation, InvitationId, NewToken, PasswordInput, Role, SignInFrom, SignedIn,
    TokenHash, TokenKind, User, UserId,
};
use crate::ports::StoreError;
use crate::{Action, Commissary, Error, authorize};

/// How long the link of an invitation works.
const INVITATION_LIFE: SignedDuration = SignedDuration::from_hours(7 * 24);

/// An invitation as it is asked for.
#[derive(Debug, Clone)]
pub struct NewInvitation {
    /// The name that the user will have.
    pub name: String,
    /// Whether the user will be a global administrator.
    pub administrator: bool,
    /// The roles that the user will have, by workspace.
    pub roles: Vec<(String, Role)>,
}

impl Commissary {
    /// Makes the one-time link that makes a user. Whoever decides about the
    /// people of all the workspaces named may; without any it takes a global
    /// administrator.
    ///
    /// # Errors
    /// The name is none or taken, a workspace is not there, the actor may not.
    pub async fn invite(
        &self,
        actor: &Actor,
        new: NewInvitation,
    ) -> Result<(NewToken, Listed<Invitation>), Error> {
        if new.administrator || new.roles.is_empty() {
            authorize(actor, Action::ManageUsers, None)?;
        }
        let mut roles = BTreeMap::new();
        for (workspace, role) in &new.roles {
            let found = self
                .workspace_for(actor, Action::ManageMembers, workspace)
                .await?;
            roles.insert(found.id, *role);
        }
        let name = User::parse_name(&new.name).map_err(|fault| Error::Invalid(vec![fault]))?;
        let token = NewToken::generate(TokenKind::Invitation, self.random.as_ref());
        let now = self.clock.now();
        let invitation = Invitation {
            id: InvitationId(self.new_id()),
            hash: token.hash(),
            name,
            administrator: new.administrator,
            roles,
            invited_by: actor.name().to_owned(),
            inviter: actor.user_id(),
            created_at: now,
            expires_at: now + INVITATION_LIFE,
        };
        let audit = self.audit(actor, "invitation.create", invitation.name.clone());
        match self.store.insert_invitation(&invitation, &audit).await {
            Ok(()) => Ok((token, self.with_names(invitation).await?)),
            Err(StoreError::NameTaken) => Err(Error::NameTaken {
                what: "user or invitation",
                name: invitation.name,
            }),
            Err(error) => Err(error.into()),
        }
    }

    /// The invitations that the actor made, or all for a global administrator.
    ///
    /// # Errors
    /// The actor may not, or the store cannot be read.
    pub async fn list_invitations(
        &self,
        actor: &Actor,
        page: &PageRequest,
    ) -> Result<Listed<Invitation>, Error> {
        authorize(actor, Action::ListInvitations, None)?;
        let Some(inviter) = whose(actor) else {
            let page = crate::domain::Page {
                items: Vec::new(),
                next: None,
            };
            return Ok(Listed {
                page,
                workspaces: BTreeMap::new(),
            });
        };
        let page = self.store.invitations(inviter, page).await?;
        let workspaces = self.names(&page.items, |one| one.roles.keys()).await?;
        Ok(Listed { page, workspaces })
    }

    /// Takes an invitation back; its link works no more.
    ///
    /// # Errors
    /// There is none of that id that the actor can see.
    pub async fn revoke_invitation(&self, actor: &Actor, id: InvitationId) -> Result<(), Error> {
        authorize(actor, Action::RevokeInvitation, None)?;
        let missing = || Error::NotFound {
            what: "invitation",
            name: id.0.to_string(),
        };
        let inviter = whose(actor).ok_or_else(missing)?;
        let audit = self.audit(actor, "invitation.revoke", id.0.to_string());
        match self.store.delete_invitation(id, inviter, &audit).await {
            Err(StoreError::Gone) => Err(missing()),
            other => Ok(other?),
        }
    }

    /// The invitation of a link that works.
    ///
    /// # Errors
    /// [`Error::NotSignedIn`] if it does not.
    pub async fn check_invitation(&self, token: &str) -> Result<Listed<Invitation>, Error> {
        let hash = TokenHash::presented(TokenKind::Invitation, token);
        let found = match hash {
            Some(hash) => self.store.invitation(&hash).await?,
            None => None,
        };
        let open = found.filter(|invitation| invitation.expires_at > self.clock.now());
        self.with_names(open.ok_or(Error::NotSignedIn)?).await
    }

    /// Makes the user of an invitation and signs in; the link works no more.
    ///
    /// # Errors
    /// The link does not work, the password is at fault, the name was taken meanwhile.
    pub async fn accept_invitation(
        &self,
        token: &str,
        password: PasswordInput,
        from: SignInFrom,
    ) -> Result<SignedIn, Error> {
        let open = self.check_invitation(token).await?;
        let invitation = open.page.items.into_iter().next();
        let invitation = invitation.ok_or(Error::NotSignedIn)?;
        let user = User {
            administrator: invitation.administrator,
            roles: invitation.roles,
            ..self.new_user(Ok(invitation.name), password)?
        };
        let actor = Actor::process("invitation", from.origin.clone());
        let audit = self.audit(&actor, "user.create", user.name.clone());
        match self
            .store
            .accept_invitation(&invitation.hash, &user, &audit)
            .await
        {
            Ok(()) => self.begin_session(&user, from, Vec::new(), None).await,
            Err(StoreError::Gone) => Err(Error::NotSignedIn),
            Err(StoreError::NameTaken) => Err(Error::Invalid(vec![FieldError::new(
                "name",
                "somebody took this name meanwhile; ask for another invitation",
            )])),
            Err(error) => Err(error.into()),
        }
    }

    async fn with_names(&self, invitation: Invitation) -> Result<Listed<Invitation>, Error> {
        let items = vec![invitation];
        let workspaces = self.names(&items, |one| one.roles.keys()).await?;
        let page = crate::domain::Page { items, next: None };
        Ok(Listed { page, workspaces })
    }
}

/// Whose invitations an actor sees: everybody's (`None` inside), one user's, or
/// nobody's.
fn whose(actor: &Actor) -> Option<Option<UserId>> {
    match actor.rights().is_administrator() {
        true => Some(None),
        false => actor.user_id().map(Some),
    }
}
