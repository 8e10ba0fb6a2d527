//! `/api/v1/workspaces`.

pub(crate) mod create;
pub(crate) mod delete;
pub(crate) mod list;
pub(crate) mod show;

pub(crate) use create::create_workspace;
pub(crate) use delete::delete_workspace;
pub(crate) use list::list_workspaces;
pub(crate) use show::show_workspace;
