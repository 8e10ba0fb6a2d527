//! The audit log.

mod csv;
pub(crate) mod export;
mod filter;
pub(crate) mod list;
pub(crate) mod verify;

pub(crate) use export::export_audit_events;
pub(crate) use list::list_audit_events;
pub(crate) use verify::verify_audit_events;
