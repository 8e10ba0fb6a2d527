//! `/api/v1/invitations`.

mod create;
mod list;
mod revoke;

pub(crate) use create::create_invitation;
pub(crate) use list::list_invitations;
pub(crate) use revoke::revoke_invitation;
