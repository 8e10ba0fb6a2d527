//! The AWS protocols: parameters in, XML or JSON out.

pub(crate) mod codes;
pub(crate) mod inputs;
pub(crate) mod page;
pub(crate) mod params;
pub(crate) mod percent;
pub(crate) mod reply;
pub(crate) mod service;
pub(crate) mod xml;
