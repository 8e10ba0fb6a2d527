//! `/api/v1/sessions`: one's own.

pub(crate) mod end;
pub(crate) mod list;

pub(crate) use end::end_session;
pub(crate) use list::list_sessions;
