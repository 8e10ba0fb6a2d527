//! `/api/v1/workspaces/{workspace}/members`.

pub(crate) mod list;
pub(crate) mod remove;
pub(crate) mod set;

pub(crate) use list::list_members;
pub(crate) use remove::remove_member;
pub(crate) use set::set_member;
