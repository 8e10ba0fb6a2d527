//! `/api/v1/releases`.

mod bootstrap;
mod list;
mod policy;

pub(crate) use bootstrap::release_bootstrap;
pub(crate) use list::list_releases;
pub(crate) use policy::release_policy;
