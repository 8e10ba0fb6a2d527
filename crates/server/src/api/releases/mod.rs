//! `/api/v1/releases`.

pub(crate) mod bootstrap;
pub(crate) mod list;
pub(crate) mod policy;

pub(crate) use bootstrap::release_bootstrap;
pub(crate) use list::list_releases;
pub(crate) use policy::release_policy;
