//! `/api/v1/management-clusters`.

pub(crate) mod add;
pub(crate) mod check;
pub(crate) mod delete;
mod given;
pub(crate) mod list;
pub(crate) mod rbac;
pub(crate) mod show;
pub(crate) mod update;

pub(crate) use add::add_cluster;
pub(crate) use check::check_cluster;
pub(crate) use delete::delete_cluster;
pub(crate) use list::list_clusters;
pub(crate) use rbac::cluster_rbac;
pub(crate) use show::show_cluster;
pub(crate) use update::update_cluster;
