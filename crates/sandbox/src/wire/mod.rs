//! The AWS query protocol: form parameters in, XML out.

pub(crate) mod page;
pub(crate) mod params;
pub(crate) mod percent;
pub(crate) mod reply;
pub(crate) mod xml;
