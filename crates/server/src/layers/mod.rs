//! What every request passes, from the outside in.

mod headers;
mod measure;
mod pages;
mod parameters;
mod request_id;
mod request_log;
mod time_limit;

pub(crate) use headers::security_headers;
pub(crate) use measure::measure;
pub(crate) use pages::problem_pages;
pub(crate) use parameters::refuse_parameters;
pub(crate) use request_id::{RequestId, request_id};
pub(crate) use request_log::request_log;
pub(crate) use time_limit::time_limit;
