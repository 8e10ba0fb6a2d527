//! Users: see them, disable, enable and delete them, say who is a global administrator.

use std::collections::BTreeMap;

use super::super::input::must_be_typed;
use super::Listed;
use crate::domain::{Page, PageRequest, WorkspaceId};
use crate::people::{Actor, User, UserChange, WorkspaceNames};
use crate::ports::StoreError;
use crate::{Action, Commissary, Error, authorize};

/// What is to be changed about a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UserEdit {
    /// May not sign in any more.
    Disable,
    /// May sign in again.
    Enable,
    /// Is a global administrator, or not.
    Administrator(bool),
}

impl Commissary {
    /// The users, by name.
    ///
    /// # Errors
    /// The actor may not, or the store cannot be read.
    pub async fn list_users(
        &self,
        actor: &Actor,
        page: &PageRequest,
    ) -> Result<Listed<User>, Error> {
        authorize(actor, Action::ListUsers, None)?;
        let Page { items, next } = self.store.users(page).await?;
        let now = self.clock.now();
        let items: Vec<User> = items.into_iter().map(|user| user.at(now)).collect();
        let workspaces = self.workspaces_of(&items).await?;
        let page = Page { items, next };
        Ok(Listed { page, workspaces })
    }

    /// One user.
    ///
    /// # Errors
    /// There is none of that name, or the actor may not.
    pub async fn show_user(&self, actor: &Actor, name: &str) -> Result<Listed<User>, Error> {
        authorize(actor, Action::ListUsers, None)?;
        let items = vec![self.find_user(name).await?.at(self.clock.now())];
        let workspaces = self.workspaces_of(&items).await?;
        let page = Page { items, next: None };
        Ok(Listed { page, workspaces })
    }

    /// Changes a user.
    ///
    /// # Errors
    /// There is none of that name, it is the last global administrator, or the
    /// actor may not.
    pub async fn edit_user(&self, actor: &Actor, name: &str, edit: UserEdit) -> Result<(), Error> {
        authorize(actor, Action::ManageUsers, None)?;
        let user = self.find_user(name).await?;
        let (change, action) = match edit {
            UserEdit::Disable => (UserChange::Disable(self.clock.now()), "user.disable"),
            UserEdit::Enable => (UserChange::Enable, "user.enable"),
            UserEdit::Administrator(true) => (UserChange::Administrator(true), "user.promote"),
            UserEdit::Administrator(false) => (UserChange::Administrator(false), "user.demote"),
        };
        let audit = self.audit(actor, action, user.name.clone());
        let changed = self.store.change_user(user.id, &change, &audit).await;
        changed.map_err(|error| user_error(error, &user.name))
    }

    /// Removes a user with all sessions, tokens and roles.
    ///
    /// # Errors
    /// `confirmation` is not the name; otherwise as [`Self::edit_user`].
    pub async fn delete_user(
        &self,
        actor: &Actor,
        name: &str,
        confirmation: &str,
    ) -> Result<(), Error> {
        authorize(actor, Action::ManageUsers, None)?;
        let user = self.find_user(name).await?;
        let how = "to delete the user, type the name";
        must_be_typed(confirmation, &user.name, how)?;
        let audit = self.audit(actor, "user.delete", user.name.clone());
        let deleted = self.store.delete_user(user.id, &audit).await;
        deleted.map_err(|error| user_error(error, &user.name))
    }

    async fn workspaces_of(&self, users: &[User]) -> Result<WorkspaceNames, Error> {
        let roles = users.iter().map(User::effective_roles);
        let ids: Vec<WorkspaceId> = roles.flat_map(BTreeMap::into_keys).collect();
        Ok(self.store.workspace_names(&ids).await?)
    }

    /// The user that a request names.
    pub(super) async fn find_user(&self, name: &str) -> Result<User, Error> {
        let found = self.store.user(name.trim()).await?;
        found.ok_or_else(|| no_user(name))
    }

    /// The names of the workspaces that things refer to.
    pub(super) async fn names<'a, T, I>(
        &self,
        items: &'a [T],
        workspaces: impl Fn(&'a T) -> I,
    ) -> Result<WorkspaceNames, Error>
    where
        I: Iterator<Item = &'a WorkspaceId>,
    {
        let ids: Vec<WorkspaceId> = items.iter().flat_map(workspaces).copied().collect();
        Ok(self.store.workspace_names(&ids).await?)
    }
}

pub(super) fn no_user(name: &str) -> Error {
    Error::NotFound {
        what: "user",
        name: name.to_owned(),
    }
}

fn user_error(error: StoreError, name: &str) -> Error {
    match error {
        StoreError::Gone => no_user(name),
        StoreError::LastAdministrator => Error::Conflict(format!(
            "`{name}` is the last global administrator who can sign in with a password; make another one first"
        )),
        error => error.into(),
    }
}
