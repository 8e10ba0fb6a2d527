//! `/api/v1/workspaces/{workspace}/members`.

mod list;
mod remove;
mod set;

pub(crate) use list::list_members;
pub(crate) use remove::remove_member;
pub(crate) use set::set_member;
