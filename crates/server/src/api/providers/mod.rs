//! `/api/v1/workspaces/{workspace}/infrastructure-providers`.

mod add;
mod check;
mod delete;
mod latest_check;
mod list;
mod query;
mod show;
mod update;

pub(crate) use add::{add_provider, keys};
pub(crate) use check::{check_provider, how};
pub(crate) use delete::delete_provider;
pub(crate) use latest_check::latest_check;
pub(crate) use list::list_providers;
pub(crate) use query::{PROVIDER_QUERY, take_provider_query};
pub(crate) use show::show_provider;
pub(crate) use update::update_provider;
