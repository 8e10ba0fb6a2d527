//! `…/infrastructure-providers/{name}/checks`: checks as jobs.

pub(crate) mod cancel;
pub(crate) mod events;
pub(crate) mod list;
pub(crate) mod show;
pub(crate) mod start;

pub(crate) use cancel::cancel_check;
pub(crate) use events::check_events;
pub(crate) use list::list_checks;
pub(crate) use show::show_check;
pub(crate) use start::start_check;
