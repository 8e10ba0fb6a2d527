//! `/api/v1/workspaces`.

mod create;
mod delete;
mod list;
mod show;

pub(crate) use create::create_workspace;
pub(crate) use delete::delete_workspace;
pub(crate) use list::list_workspaces;
pub(crate) use show::show_workspace;
