//! The REST API v1, one file per endpoint.

pub(crate) mod audit_events;
pub(crate) mod body;
pub(crate) mod bootstrap;
pub(crate) mod checks;
pub(crate) mod clusters;
pub(crate) mod deliveries;
pub(crate) mod events;
mod fields;
pub(crate) mod invitations;
mod list;
pub(crate) mod members;
pub(crate) mod namespaces;
pub(crate) mod openapi;
pub(crate) mod password;
mod path;
mod preconditions;
pub(crate) mod providers;
pub(crate) mod query;
pub(crate) mod releases;
pub(crate) mod root_key;
pub(crate) mod sessions;
pub(crate) mod tokens;
pub(crate) mod users;
pub(crate) mod wire;
pub(crate) mod workspaces;

pub(crate) mod whoami;

pub(crate) use body::BODY_LIMIT;
pub(crate) use password::change_password;
pub(crate) use path::{Id, Names};
pub(crate) use whoami::whoami;
