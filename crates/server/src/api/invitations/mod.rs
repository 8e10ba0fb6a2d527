//! `/api/v1/invitations`.

pub(crate) mod create;
pub(crate) mod list;
pub(crate) mod revoke;

pub(crate) use create::create_invitation;
pub(crate) use list::list_invitations;
pub(crate) use revoke::revoke_invitation;
