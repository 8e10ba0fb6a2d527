//! `/api/v1/workspaces/{workspace}/infrastructure-providers`.

pub(crate) mod add;
pub(crate) mod check;
pub(crate) mod check_keys;
pub(crate) mod delete;
pub(crate) mod export;
pub(crate) mod export_sealed;
pub(crate) mod given;
pub(crate) mod latest_check;
pub(crate) mod list;
mod query;
pub(crate) mod show;
pub(crate) mod update;

pub(crate) use add::add_provider;
pub(crate) use check::check_provider;
pub(crate) use check_keys::check_keys;
pub(crate) use delete::delete_provider;
pub(crate) use export::export_provider;
pub(crate) use export_sealed::export_sealed_provider;
pub(crate) use latest_check::latest_check;
pub(crate) use list::list_providers;
pub(crate) use show::show_provider;
pub(crate) use update::update_provider;
