//! The audit log.

mod csv;
mod export;
mod filter;
mod list;
mod verify;

pub(crate) use export::export_audit_events;
pub(crate) use filter::{FILTERS, take_filter};
pub(crate) use list::list_audit_events;
pub(crate) use verify::verify_audit_events;
