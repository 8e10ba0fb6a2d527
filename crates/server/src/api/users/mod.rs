//! `/api/v1/users`.

mod delete;
mod list;
mod show;
mod update;

pub(crate) use delete::delete_user;
pub(crate) use list::list_users;
pub(crate) use show::show_user;
pub(crate) use update::update_user;
