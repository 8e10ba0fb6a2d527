//! The port of people: which steps make up which transaction.

use async_trait::async_trait;
use commissary_core::domain::{AuditEvent, Page, PageRequest, WorkspaceId};
use commissary_core::people::throttle::{Gate, Places};
use commissary_core::people::{
    ApiToken, Elsewhere, Invitation, InvitationId, Member, Role, Session, SessionId,
    SignInUnderWay, TokenHash, TokenId, TokensOf, User, UserChange, UserId, WorkspaceNames,
};
use commissary_core::ports::{PeopleStore, SetupLink, StoreError};
use jiff::Timestamp;

use crate::errors::unavailable;
use crate::open::SqlStore;
use crate::port::finish;
use crate::sqlite::Connection;
use crate::{identities, invitations, members, sessions, sign_in, tokens, users, workspaces};

type Result<T> = std::result::Result<T, StoreError>;

/// Refuses a transaction that takes the last who could administrate.
async fn still_administrated(connection: &mut Connection, had: bool) -> Result<()> {
    match had && !users::has_administrator(connection).await? {
        true => Err(StoreError::LastAdministrator),
        false => Ok(()),
    }
}

#[async_trait]
impl PeopleStore for SqlStore {
    async fn has_user(&self) -> Result<bool> {
        users::any(&self.pool).await
    }

    async fn replace_setup_link(&self, link: &SetupLink) -> Result<()> {
        let mut tx = self.begin().await?;
        users::replace_link(&mut tx, link).await?;
        tx.commit().await.map_err(unavailable)
    }

    async fn setup_link(&self) -> Result<Option<SetupLink>> {
        users::link(&self.pool).await
    }

    async fn complete_setup(
        &self,
        link: &TokenHash,
        user: &User,
        event: &AuditEvent,
    ) -> Result<()> {
        let mut tx = self.begin().await?;
        users::use_link(&mut tx, link).await?;
        users::must_be_first(&mut tx).await?;
        users::insert(&mut tx, user).await?;
        finish(tx, event).await
    }

    async fn user(&self, name: &str) -> Result<Option<User>> {
        users::by_name(&self.pool, name).await
    }

    async fn users(&self, page: &PageRequest) -> Result<Page<User>> {
        users::page(&self.pool, page).await
    }

    async fn change_user(&self, id: UserId, change: &UserChange, event: &AuditEvent) -> Result<()> {
        let mut tx = self.begin().await?;
        let had = users::has_administrator(&mut tx).await?;
        users::change(&mut tx, id, change).await?;
        match change {
            UserChange::Disable(_) => {
                sessions::delete_of_user(&mut tx, id).await?;
                invitations::delete_of_inviter(&mut tx, id).await?;
            }
            UserChange::Password(_) => sessions::delete_of_user(&mut tx, id).await?,
            UserChange::Enable | UserChange::Administrator(_) => {}
        }
        still_administrated(&mut tx, had).await?;
        finish(tx, event).await
    }

    async fn delete_user(&self, id: UserId, event: &AuditEvent) -> Result<()> {
        let mut tx = self.begin().await?;
        let had = users::has_administrator(&mut tx).await?;
        users::delete(&mut tx, id).await?;
        still_administrated(&mut tx, had).await?;
        finish(tx, event).await
    }

    async fn members(
        &self,
        workspace: WorkspaceId,
        page: &PageRequest,
        now: Timestamp,
    ) -> Result<Page<Member>> {
        members::page(&self.pool, workspace, page, now).await
    }

    async fn set_role(
        &self,
        workspace: WorkspaceId,
        user: UserId,
        role: Option<Role>,
        event: &AuditEvent,
    ) -> Result<()> {
        let mut tx = self.begin().await?;
        match role {
            Some(role) => members::set(&mut tx, workspace, user, role).await?,
            None => members::remove(&mut tx, workspace, user).await?,
        }
        finish(tx, event).await
    }

    async fn workspace_names(&self, ids: &[WorkspaceId]) -> Result<WorkspaceNames> {
        workspaces::names(&self.pool, ids).await
    }

    async fn insert_invitation(&self, invitation: &Invitation, event: &AuditEvent) -> Result<()> {
        let mut tx = self.begin().await?;
        invitations::insert(&mut tx, invitation).await?;
        finish(tx, event).await
    }

    async fn invitation(&self, hash: &TokenHash) -> Result<Option<Invitation>> {
        invitations::by_hash(&self.pool, hash).await
    }

    async fn invitations(
        &self,
        inviter: Option<UserId>,
        page: &PageRequest,
    ) -> Result<Page<Invitation>> {
        invitations::page(&self.pool, inviter, page).await
    }

    async fn delete_invitation(
        &self,
        id: InvitationId,
        inviter: Option<UserId>,
        event: &AuditEvent,
    ) -> Result<()> {
        let mut tx = self.begin().await?;
        invitations::delete(&mut tx, id, inviter).await?;
        finish(tx, event).await
    }

    async fn accept_invitation(
        &self,
        link: &TokenHash,
        user: &User,
        event: &AuditEvent,
    ) -> Result<()> {
        let mut tx = self.begin().await?;
        invitations::use_link(&mut tx, link, event.at).await?;
        users::insert(&mut tx, user).await?;
        for (workspace, role) in &user.roles {
            members::set(&mut tx, *workspace, user.id, *role).await?;
        }
        finish(tx, event).await
    }

    async fn known_place(
        &self,
        name: &str,
        places: &Places,
        since: Timestamp,
    ) -> Result<Option<String>> {
        sign_in::known_place(&self.pool, name, places, since).await
    }

    async fn attempt(
        &self,
        gates: &[Gate],
        now: Timestamp,
    ) -> Result<std::result::Result<(), Timestamp>> {
        let mut tx = self.begin().await?;
        for gate in gates {
            if let Err(opens_at) = sign_in::attempt(&mut tx, gate, now).await? {
                // Dropped, the transaction has counted nothing.
                return Ok(Err(opens_at));
            }
        }
        tx.commit().await.map_err(unavailable)?;
        Ok(Ok(()))
    }

    async fn forgive(
        &self,
        gates: &[Gate],
        user: UserId,
        places: &Places,
        now: Timestamp,
    ) -> Result<()> {
        let mut tx = self.begin().await?;
        for gate in gates {
            sign_in::forgive(&mut tx, gate, now).await?;
        }
        sign_in::note_places(&mut tx, user, places, now).await?;
        sign_in::forget(&mut tx, now).await?;
        tx.commit().await.map_err(unavailable)
    }

    async fn insert_sign_in(&self, sign_in: &SignInUnderWay, now: Timestamp) -> Result<()> {
        let mut tx = self.begin().await?;
        identities::insert_sign_in(&mut tx, sign_in, now).await?;
        tx.commit().await.map_err(unavailable)
    }

    async fn take_sign_in(
        &self,
        state: &TokenHash,
        browser: &TokenHash,
    ) -> Result<Option<SignInUnderWay>> {
        let mut tx = self.begin().await?;
        let taken = identities::take_sign_in(&mut tx, state, browser).await?;
        tx.commit().await.map_err(unavailable)?;
        Ok(taken)
    }

    async fn user_elsewhere(&self, issuer: &str, subject: &str) -> Result<Option<User>> {
        identities::user(&self.pool, issuer, subject).await
    }

    async fn insert_user_elsewhere(
        &self,
        user: &User,
        subject: &str,
        event: &AuditEvent,
    ) -> Result<()> {
        let mut tx = self.begin().await?;
        users::insert(&mut tx, user).await?;
        if let Some(known) = &user.elsewhere {
            identities::insert(&mut tx, user.id, subject, known).await?;
        }
        finish(tx, event).await
    }

    async fn renew_group_rights(
        &self,
        id: UserId,
        known: &Elsewhere,
        event: Option<&AuditEvent>,
    ) -> Result<()> {
        let mut tx = self.begin().await?;
        identities::renew(&mut tx, id, known).await?;
        match event {
            Some(event) => finish(tx, event).await,
            None => tx.commit().await.map_err(unavailable),
        }
    }

    async fn insert_session(
        &self,
        session: &Session,
        replaces: Option<&TokenHash>,
        event: &AuditEvent,
    ) -> Result<()> {
        let mut tx = self.begin().await?;
        sessions::delete_replaced(&mut tx, replaces, session.created_at).await?;
        sessions::insert(&mut tx, session).await?;
        finish(tx, event).await
    }

    async fn session(&self, hash: &TokenHash) -> Result<Option<(Session, User)>> {
        sessions::by_hash(&self.pool, hash).await
    }

    async fn sessions(&self, user: UserId) -> Result<Vec<Session>> {
        sessions::of_user(&self.pool, user).await
    }

    async fn session_seen(&self, id: SessionId, at: Timestamp) -> Result<()> {
        sessions::seen(&self.pool, id, at).await
    }

    async fn delete_session(&self, id: SessionId, user: UserId, event: &AuditEvent) -> Result<()> {
        let mut tx = self.begin().await?;
        sessions::delete(&mut tx, id, user).await?;
        finish(tx, event).await
    }

    async fn insert_api_token(&self, token: &ApiToken, event: &AuditEvent) -> Result<()> {
        let mut tx = self.begin().await?;
        tokens::insert(&mut tx, token).await?;
        finish(tx, event).await
    }

    async fn replace_api_token(&self, token: &ApiToken, event: &AuditEvent) -> Result<()> {
        let mut tx = self.begin().await?;
        tokens::delete_of_installation(&mut tx, &token.name).await?;
        tokens::insert(&mut tx, token).await?;
        finish(tx, event).await
    }

    async fn api_token(&self, hash: &TokenHash) -> Result<Option<(ApiToken, Option<User>)>> {
        tokens::by_hash(&self.pool, hash).await
    }

    async fn api_tokens(&self, of: TokensOf, page: &PageRequest) -> Result<Page<ApiToken>> {
        tokens::page(&self.pool, of, page).await
    }

    async fn api_token_used(&self, id: TokenId, at: Timestamp, from: &str) -> Result<()> {
        tokens::used(&self.pool, id, at, from).await
    }

    async fn delete_api_token(&self, id: TokenId, of: TokensOf, event: &AuditEvent) -> Result<()> {
        let mut tx = self.begin().await?;
        tokens::delete(&mut tx, id, of).await?;
        finish(tx, event).await
    }
}
