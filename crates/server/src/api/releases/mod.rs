//! `/api/v1/releases`.

mod list;
mod policy;

pub(crate) use list::list_releases;
pub(crate) use policy::release_policy;
