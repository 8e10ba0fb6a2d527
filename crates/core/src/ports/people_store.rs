//! Where people, their sessions and their tokens are kept.

use async_trait::async_trait;
use jiff::Timestamp;

use super::StoreError;
use crate::domain::{AuditEvent, Page, PageRequest, WorkspaceId};
use crate::people::throttle::{Gate, Places};
use crate::people::{
    ApiToken, Elsewhere, Invitation, InvitationId, Member, Role, Session, SessionId,
    SignInUnderWay, TokenHash, TokenId, TokensOf, User, UserChange, UserId, WorkspaceNames,
};

/// The one-time right to make the first administrator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetupLink {
    /// The hash of the token in the link.
    pub hash: TokenHash,
    /// When it stops working.
    pub expires_at: Timestamp,
}

/// Keeps people. Each method is one transaction, as those of [`super::Store`]. What
/// only notes that something was used has no audit entry.
#[async_trait]
pub trait PeopleStore: Send + Sync {
    /// Whether anybody can sign in yet.
    async fn has_user(&self) -> Result<bool, StoreError>;
    /// Keeps the setup link, in place of any before it.
    async fn replace_setup_link(&self, link: &SetupLink) -> Result<(), StoreError>;
    /// The setup link that is open.
    async fn setup_link(&self) -> Result<Option<SetupLink>, StoreError>;
    /// Adds the first user and removes the setup link; [`StoreError::Gone`] if
    /// `link` was used meanwhile.
    async fn complete_setup(
        &self,
        link: &TokenHash,
        user: &User,
        audit: &AuditEvent,
    ) -> Result<(), StoreError>;

    /// The user of that name, upper and lower case being the same.
    async fn user(&self, name: &str) -> Result<Option<User>, StoreError>;
    /// The users by name; pages are keyed by name.
    async fn users(&self, page: &PageRequest) -> Result<Page<User>, StoreError>;
    /// Changes a user; [`StoreError::Gone`] if there is none,
    /// [`StoreError::LastAdministrator`] if nobody would be left who was made a global
    /// administrator by hand and may sign in with a password.
    async fn change_user(
        &self,
        id: UserId,
        change: &UserChange,
        audit: &AuditEvent,
    ) -> Result<(), StoreError>;
    /// Removes a user with all sessions, tokens and roles; the errors are those of
    /// [`Self::change_user`].
    async fn delete_user(&self, id: UserId, audit: &AuditEvent) -> Result<(), StoreError>;

    /// Who has a role in a workspace at `now`, by name; pages are keyed by name.
    async fn members(
        &self,
        workspace: WorkspaceId,
        page: &PageRequest,
        now: Timestamp,
    ) -> Result<Page<Member>, StoreError>;
    /// Gives a role by hand in place of any before it, or takes it; [`StoreError::Gone`]
    /// if there was none to take, or no such user or workspace.
    async fn set_role(
        &self,
        workspace: WorkspaceId,
        user: UserId,
        role: Option<Role>,
        audit: &AuditEvent,
    ) -> Result<(), StoreError>;
    /// The names of workspaces; those that are gone are left out.
    async fn workspace_names(&self, ids: &[WorkspaceId]) -> Result<WorkspaceNames, StoreError>;

    /// Keeps an invitation; [`StoreError::NameTaken`] if a user or another
    /// invitation has the name.
    async fn insert_invitation(
        &self,
        invitation: &Invitation,
        audit: &AuditEvent,
    ) -> Result<(), StoreError>;
    /// The invitation of that link.
    async fn invitation(&self, hash: &TokenHash) -> Result<Option<Invitation>, StoreError>;
    /// The invitations of one inviter, or all; pages are keyed by id.
    async fn invitations(
        &self,
        inviter: Option<UserId>,
        page: &PageRequest,
    ) -> Result<Page<Invitation>, StoreError>;
    /// Takes an invitation back; [`StoreError::Gone`] if it is not there, or not
    /// of that inviter where one is named.
    async fn delete_invitation(
        &self,
        id: InvitationId,
        inviter: Option<UserId>,
        audit: &AuditEvent,
    ) -> Result<(), StoreError>;
    /// Adds the user of an invitation and removes it; [`StoreError::Gone`] if it
    /// was used meanwhile, [`StoreError::NameTaken`] if the name was.
    async fn accept_invitation(
        &self,
        link: &TokenHash,
        user: &User,
        audit: &AuditEvent,
    ) -> Result<(), StoreError>;

    /// Which of these places the user of that name signed in from since `since`.
    async fn known_place(
        &self,
        name: &str,
        places: &Places,
        since: Timestamp,
    ) -> Result<Option<String>, StoreError>;
    /// Counts an attempt at every gate, or at none if one is closed: then until
    /// when.
    async fn attempt(
        &self,
        gates: &[Gate],
        now: Timestamp,
    ) -> Result<Result<(), Timestamp>, StoreError>;
    /// Takes back an attempt that was right, opens the gates that forgive, and
    /// notes the places as known to the user.
    async fn forgive(
        &self,
        gates: &[Gate],
        user: UserId,
        places: &Places,
        now: Timestamp,
    ) -> Result<(), StoreError>;

    /// Keeps a sign-in that goes on elsewhere; those that are over are removed. Nobody did
    /// anything yet, so that there is no audit entry.
    async fn insert_sign_in(
        &self,
        sign_in: &SignInUnderWay,
        now: Timestamp,
    ) -> Result<(), StoreError>;
    /// Takes the sign-in of that state and that browser, over or not: of two that come
    /// back with it one finds it.
    async fn take_sign_in(
        &self,
        state: &TokenHash,
        browser: &TokenHash,
    ) -> Result<Option<SignInUnderWay>, StoreError>;
    /// The user whom a provider knows as `subject`.
    async fn user_elsewhere(&self, issuer: &str, subject: &str)
    -> Result<Option<User>, StoreError>;
    /// Adds a user whom a provider knows as `subject`; [`StoreError::NameTaken`] if the
    /// name is taken, or the subject is a user already.
    async fn insert_user_elsewhere(
        &self,
        user: &User,
        subject: &str,
        audit: &AuditEvent,
    ) -> Result<(), StoreError>;
    /// Replaces what groups give to a user. Where it stays the same there is no audit
    /// entry; [`StoreError::Gone`] if there is no such user.
    async fn renew_group_rights(
        &self,
        id: UserId,
        known: &Elsewhere,
        audit: Option<&AuditEvent>,
    ) -> Result<(), StoreError>;

    /// Begins a session, in place of the browser's session before it; sessions
    /// that are over are removed.
    async fn insert_session(
        &self,
        session: &Session,
        replaces: Option<&TokenHash>,
        audit: &AuditEvent,
    ) -> Result<(), StoreError>;
    /// The session of that token with its user, expired or not.
    async fn session(&self, hash: &TokenHash) -> Result<Option<(Session, User)>, StoreError>;
    /// The sessions of a user, the newest first.
    async fn sessions(&self, user: UserId) -> Result<Vec<Session>, StoreError>;
    /// Notes that a session was used.
    async fn session_seen(&self, id: SessionId, at: Timestamp) -> Result<(), StoreError>;
    /// Ends a session of a user; [`StoreError::Gone`] if there is none.
    async fn delete_session(
        &self,
        id: SessionId,
        user: UserId,
        audit: &AuditEvent,
    ) -> Result<(), StoreError>;

    /// Keeps an API token; [`StoreError::NameTaken`] if its owner has one of that name.
    async fn insert_api_token(
        &self,
        token: &ApiToken,
        audit: &AuditEvent,
    ) -> Result<(), StoreError>;
    /// Keeps a token of the installation, in place of any of the same name.
    async fn replace_api_token(
        &self,
        token: &ApiToken,
        audit: &AuditEvent,
    ) -> Result<(), StoreError>;
    /// The API token of that hash with its owner, expired or not.
    async fn api_token(
        &self,
        hash: &TokenHash,
    ) -> Result<Option<(ApiToken, Option<User>)>, StoreError>;
    /// API tokens; pages are keyed by id.
    async fn api_tokens(
        &self,
        of: TokensOf,
        page: &PageRequest,
    ) -> Result<Page<ApiToken>, StoreError>;
    /// Notes that a token was used.
    async fn api_token_used(
        &self,
        id: TokenId,
        at: Timestamp,
        from: &str,
    ) -> Result<(), StoreError>;
    /// Revokes a token; [`StoreError::Gone`] if there is none of these.
    async fn delete_api_token(
        &self,
        id: TokenId,
        of: TokensOf,
        audit: &AuditEvent,
    ) -> Result<(), StoreError>;
}
