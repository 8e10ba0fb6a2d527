//! Deliveries of a provider: had anew, or decided about where something stands in their way.

mod again;
mod conflict;

pub(crate) use again::submit as deliver_again;
pub(crate) use conflict::{page as conflict_page, submit as decide_conflict};
