//! `/api/v1/workspaces/{workspace}/namespaces`.

pub(crate) mod list;
pub(crate) mod set;

pub(crate) use list::list_namespaces;
pub(crate) use set::set_namespaces;
