//! People: sign-in, sessions, tokens, users, invitations, roles.

mod account;
mod elsewhere;
mod first_run;
mod group_rights;
mod invitations;
mod members;
mod sessions;
mod sign_in;
mod tokens;
mod users;

pub(super) use sessions::IDLE_LIFE;

pub use elsewhere::SignInElsewhere;
pub use invitations::NewInvitation;
pub use tokens::{Expiry, NewApiToken};
pub use users::UserEdit;

use crate::domain::Page;
use crate::people::WorkspaceNames;

/// A page of things that refer to workspaces, with the names of these.
#[derive(Debug, Clone)]
pub struct Listed<T> {
    /// The page.
    pub page: Page<T>,
    /// The names.
    pub workspaces: WorkspaceNames,
}
