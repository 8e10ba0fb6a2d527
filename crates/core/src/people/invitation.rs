//! Invitations: one-time links that make a user.

use std::collections::BTreeMap;

use jiff::Timestamp;
use uuid::Uuid;

use super::{Role, TokenHash, UserId};
use crate::domain::WorkspaceId;

/// The identity of an invitation, by which it can be taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvitationId(pub Uuid);

/// An invitation that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// The identity, which is no secret.
    pub id: InvitationId,
    /// The hash of the link's token.
    pub hash: TokenHash,
    /// The name that the user will have.
    pub name: String,
    /// Whether the user will be a global administrator.
    pub administrator: bool,
    /// The roles that the user will have.
    pub roles: BTreeMap<WorkspaceId, Role>,
    /// Who invited, for people.
    pub invited_by: String,
    /// The user who invited, if it was one.
    pub inviter: Option<UserId>,
    /// When.
    pub created_at: Timestamp,
    /// When the link stops working.
    pub expires_at: Timestamp,
}
