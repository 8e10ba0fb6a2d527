//! `/api/v1/tokens`, and `/api/v1/login`, which makes one for a password.

pub(crate) mod create;
pub(crate) mod list;
pub(crate) mod log_in;
pub(crate) mod log_out;
pub(crate) mod revoke;

pub(crate) use create::create_token;
pub(crate) use list::list_tokens;
pub(crate) use log_in::log_in;
pub(crate) use log_out::log_out;
pub(crate) use revoke::revoke_token;
