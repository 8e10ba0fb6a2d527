//! `/api/v1/sessions`: one's own.

mod end;
mod list;

pub(crate) use end::end_session;
pub(crate) use list::list_sessions;
