//! The REST API v1, one file per endpoint.

pub(crate) mod audit_events;
pub(crate) mod body;
pub(crate) mod events;
mod fields;
mod list;
mod path;
mod preconditions;
pub(crate) mod providers;
pub(crate) mod releases;
pub(crate) mod wire;
pub(crate) mod workspaces;

mod whoami;

pub(crate) use body::BODY_LIMIT;
pub(crate) use path::Names;
pub(crate) use whoami::whoami;
