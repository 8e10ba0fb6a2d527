//! `/api/v1/users`.

pub(crate) mod delete;
pub(crate) mod list;
pub(crate) mod show;
pub(crate) mod update;

pub(crate) use delete::delete_user;
pub(crate) use list::list_users;
pub(crate) use show::show_user;
pub(crate) use update::update_user;
